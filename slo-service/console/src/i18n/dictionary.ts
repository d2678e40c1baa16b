import type { en } from './en.ts';

/** The same keys as English, with texts of another language; a missing one does not compile. */
export type Dictionary = Translated<typeof en>;

type Translated<T> = { readonly [K in keyof T]: Text<T[K]> };

type Text<T> = T extends (...values: infer V) => string
  ? (...values: V) => string
  : T extends string
    ? string
    : Translated<T>;
