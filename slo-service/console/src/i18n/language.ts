import { computed, signal } from '@preact/signals';
import { mentionInUrl, remember, remembered } from '../state/preference.ts';
import type { Dictionary } from './dictionary.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

export type Language = 'en' | 'ko';

/** The languages, each named in itself. */
export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'ko', name: '한국어' },
];

/** The language of all texts: chosen, else that of the browser. */
export const language = signal<Language>(initialLanguage());

const dictionary = computed<Dictionary>(() => (language.value === 'ko' ? ko : en));

/** Every text in the present language; components that read it follow the switch. */
export const texts = (): Dictionary => dictionary.value;

/** Locale for numbers and dates; English dates name the month, so nobody mixes up day and month. */
export const locale = (): string => (language.value === 'ko' ? 'ko-KR' : 'en-GB');

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  remember('lang', chosen);
  mentionInUrl('lang', chosen);
}

/** Exported for its test: the first wanted language that there is, else English. */
export function pickLanguage(wanted: readonly (string | null | undefined)[]): Language {
  const known = wanted.map((tag) => tag?.slice(0, 2).toLowerCase());
  return known.find((tag): tag is Language => tag === 'en' || tag === 'ko') ?? 'en';
}

function initialLanguage(): Language {
  return pickLanguage([remembered('lang'), ...browserLanguages()]);
}

function browserLanguages(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : navigator.languages;
}
