import type { Request } from 'express';
import { reportLanguages } from '../report/words.ts';
import type { ReportLanguage } from '../report/words.ts';

/** The language a caller asks for: `lang` of the query, else `Accept-Language`, else English. */
export function languageOf(request: Request): ReportLanguage {
  const asked = reportLanguages.find((language) => language === request.query['lang']);
  if (asked !== undefined) return asked;
  const accepted = request.acceptsLanguages([...reportLanguages]);
  return reportLanguages.find((language) => language === accepted) ?? 'en';
}
