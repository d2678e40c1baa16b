/**
 * The value of a PromQL string literal: `'…'` and `"…"` with Go's escapes, or raw in backquotes.
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals)
 */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  return literal.startsWith('`')
    ? inner
    : inner.replace(escape, (_, body: string) => meaning(body));
}

const escape = /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/gs;
const letters: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function meaning(body: string): string {
  const hex = /^[xuU](.+)$/.exec(body)?.[1];
  if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
  if (/^[0-7]{3}$/.test(body)) return String.fromCodePoint(Number.parseInt(body, 8));
  return letters[body] ?? body;
}
