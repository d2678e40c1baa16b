import type { SproutConfig } from '@sprout/process';

export type Language = SproutConfig['alerts']['language'];

/** What an alert says to people. */
export interface AlertTexts {
  readonly summary: string;
  readonly description: string;
  readonly impact: string;
  readonly first_step: string;
}

/**
 * The texts of an alert: as they are sent, in the language of the configuration, and beside them,
 * by a suffix (`summary_ko`), in the other one, for the console that speaks its reader's.
 */
export function inEveryLanguage<T extends AlertTexts>(
  { alerts }: Pick<SproutConfig, 'alerts'>,
  say: (language: Language) => T,
): T & Readonly<Record<string, string>> {
  const other = alerts.language === 'ko' ? 'en' : 'ko';
  const { summary, description, impact, first_step } = say(other);
  const beside = Object.entries({ summary, description, impact, first_step });
  return {
    ...say(alerts.language),
    ...Object.fromEntries(beside.map(([name, text]) => [`${name}_${other}`, text])),
  };
}
