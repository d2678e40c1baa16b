import { z } from 'zod';
import type { Language } from './language.ts';
import { textSchema } from './text.ts';
import type { Text } from './text.ts';

/** What a check of our own says when it refuses; `checkWords` chooses the language. */
export const saying = (en: string, ko: string) => ({ params: { words: { en, ko } } });

/** What every check of a time zone says. */
export const sayZone = saying(
  'write an IANA time zone, for example Asia/Seoul',
  'IANA 시간대를 쓰세요. 예: Asia/Seoul',
);

/** Options of a schema's `safeParse` that make it speak a language: our words, else those of zod. */
export function checkWords(language: Language) {
  const ofZod = language === 'ko' ? inKorean : () => undefined;
  return { error: (issue: z.core.$ZodRawIssue) => ownWords(issue)?.[language] ?? ofZod(issue) };
}

const { localeError: inKorean } = z.locales.ko();

const instant: Text = {
  en: 'write an instant, for example 2026-11-23T12:00:00Z',
  ko: '시점을 쓰세요. 예: 2026-11-23T12:00:00Z',
};

function ownWords(issue: z.core.$ZodRawIssue): Text | undefined {
  if (issue.code === 'invalid_format' && issue.format === 'datetime') return instant;
  return issue.code === 'custom' ? textSchema.safeParse(issue.params?.['words']).data : undefined;
}
