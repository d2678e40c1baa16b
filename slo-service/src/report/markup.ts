/** Text that is HTML already. */
export interface Markup {
  readonly html: string;
}

type Part = string | Markup | readonly Markup[];

/** Joins HTML from a template; every string put into it is escaped. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: String.raw({ raw: texts }, ...parts.map(htmlOf)) };
}

/** Takes text as HTML that it is; only for text of our own. */
export const raw = (html: string): Markup => ({ html });

function htmlOf(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
