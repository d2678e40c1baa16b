/** What a person reads: in English, or in English and Korean. */
export type Words = string | { readonly en: string; readonly ko: string };

/** How an objective is called: what it is about, and what is promised. */
export interface Naming {
  /** What is promised, in words. */
  readonly title: string;
  readonly titleKo?: string | undefined;
  /** What it is about, in a word or two that its owner uses: `Orders`. */
  readonly name?: string | undefined;
  readonly nameKo?: string | undefined;
}

/** Puts declared words into the fields they are kept in. */
export function naming(id: string, title: Words = id, name?: Words): Naming {
  return {
    title: english(title),
    ...(korean(title) !== undefined && { titleKo: korean(title) }),
    ...(name !== undefined && { name: english(name) }),
    ...(korean(name) !== undefined && { nameKo: korean(name) }),
  };
}

/** The title in every language; in English where it was not translated. */
export function titleOf({ title, titleKo }: Naming): { en: string; ko: string } {
  return { en: title, ko: titleKo ?? title };
}

/** The name in every language; null when it has none. */
export function nameOf({ name, nameKo }: Naming): { en: string; ko: string } | null {
  return name === undefined ? null : { en: name, ko: nameKo ?? name };
}

const english = (words: Words): string => (typeof words === 'string' ? words : words.en);
const korean = (words: Words | undefined) => (typeof words === 'object' ? words.ko : undefined);
