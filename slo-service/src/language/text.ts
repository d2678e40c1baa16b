import type { Text } from '@sprout/objectives';
import { z } from 'zod';
import { languages } from './language.ts';
import type { Language } from './language.ts';

export type { Text } from '@sprout/objectives';

export const textSchema: z.ZodType<Text> = z.record(z.enum(languages), z.string());

/** What is lacking of an answer and what to do about it, in every language. */
export interface Lack<C extends string> {
  readonly code: C;
  readonly message: Text;
  readonly hint: Text;
}

/** The same in one language, as it stands in the answer. */
export const toldIn = <C extends string>(language: Language, { code, message, hint }: Lack<C>) => ({
  code,
  message: message[language],
  hint: hint[language],
});
