import type { Text } from '../language/text.ts';
import type { Language } from '../language/language.ts';
import type { Standing } from '../status/objective-status.ts';
import type { ObjectiveStatus } from './schemas.ts';

/** How a promise stands, in one language. */
export function statusIn(standing: Standing, language: Language): ObjectiveStatus {
  const said = (text: Text | null) => text?.[language] ?? null;
  const { title, name, cause, fix } = standing;
  return {
    ...standing,
    title: title[language],
    name: said(name),
    cause: said(cause),
    fix: said(fix),
  };
}
