import { z } from 'zod';
import { languages } from './language.ts';
import type { Language } from './language.ts';

/** What a person reads, in every language there is. */
export type Text = Readonly<Record<Language, string>>;

export const textSchema: z.ZodType<Text> = z.record(z.enum(languages), z.string());
