import type { Request } from 'express';
import { languages } from '../language/language.ts';
import type { Language } from '../language/language.ts';

/** The language a caller asks for: `lang` of the query, else `Accept-Language`, else English. */
export function languageOf(request: Request): Language {
  const asked = languages.find((language) => language === request.query['lang']);
  if (asked !== undefined) return asked;
  const accepted = request.acceptsLanguages([...languages]);
  return languages.find((language) => language === accepted) ?? 'en';
}
