import { z } from 'zod';
import { reportLanguages } from '../report/words.ts';
import type { ReportLanguage } from '../report/words.ts';

/** What a person reads, in every language there is. */
export type Text = Readonly<Record<ReportLanguage, string>>;

export const textSchema: z.ZodType<Text> = z.record(z.enum(reportLanguages), z.string());
