/** What a person reads, in every language there is. */
export interface Text {
  readonly en: string;
  readonly ko: string;
}
export type Language = keyof Text;

/**
 * Something to tell a person about a declaration: what it is, the values at fault, and the words
 * that a table makes of them.
 */
export interface Remark extends Text {
  readonly code: string;
  readonly values: unknown;
}

/** Makes remarks of one table. */
export type RemarkMaker<V> = <C extends keyof V & string>(
  code: C,
  ...values: unknown extends V[C] ? [] : [V[C]]
) => Remark;

/**
 * Makes remarks from a table of words: for each code, what it says of its values. Both languages
 * stand in one entry, so an entry that lacks one does not compile.
 * @example
 * const remark = remarksOf({
 *   ID_TAKEN: ({ id }: { id: string }) => ({ en: `${id} is taken`, ko: `${id}은(는) 이미 있습니다` }),
 * });
 * remark('ID_TAKEN', { id: 'checkout' }).ko;
 */
export function remarksOf<V>(words: {
  readonly [C in keyof V]: (values: V[C]) => Text;
}): RemarkMaker<V> {
  return (code, ...[values]) => ({ code, values, ...words[code](values as V[typeof code]) });
}
