import { expect, test } from 'vitest';
import type { Dictionary } from './dictionary.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { pickLanguage } from './language.ts';

test('a missing key does not compile', () => {
  const { close: _, ...incomplete } = ko;
  // @ts-expect-error the key `close` is missing
  const dictionary: Dictionary = incomplete;
  expect(dictionary.navNow).toBe(ko.navNow);
});

test('no text is empty in any language', () => {
  const texts = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [value];
  for (const text of [...texts(en), ...texts(ko)]) expect(text).not.toBe('');
});

test('the first language that there is wins, else English', () => {
  expect(pickLanguage([null, 'fr-FR', 'ko-KR', 'en'])).toBe('ko');
  expect(pickLanguage(['fr'])).toBe('en');
});
