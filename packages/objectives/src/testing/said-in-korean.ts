import assert from 'node:assert/strict';
import type { Text } from '../remark.ts';

/** One example of the values of every entry of a table of words. */
export type Examples<Words> = {
  readonly [C in keyof Words]: Words[C] extends (...values: infer V) => unknown ? V : never;
};

/** Every entry of a table, said of its example. */
export const saidOf = (
  words: Readonly<Record<string, (values: never) => Text>>,
  examples: Readonly<Record<string, readonly unknown[]>>,
) =>
  Object.entries(words).map(([code, word]): [string, Text] => [
    code,
    Reflect.apply(word, undefined, examples[code] ?? []),
  ]);

/** Four words of letters in a row; names of fields and metrics are no words of a sentence. */
const englishSentence = /(?:\b[A-Za-z][a-z]*['’]?[a-z]*[ ,;:]+){3}[a-z]+\b/;

/** Fails when a text is no Korean, or has an English sentence in it. */
export function assertKorean(text: string): void {
  assert.match(text, /[가-힣]/);
  assert.doesNotMatch(text, englishSentence);
}

/** The same of words of ours, which nothing may be missing from either. */
export function assertWholeKorean(text: string): void {
  assertKorean(text);
  assert.doesNotMatch(text, /undefined|\[object/);
}
