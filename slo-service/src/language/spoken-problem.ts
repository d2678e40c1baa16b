import { HttpProblem } from '@sprout/process';
import type { Problem } from '@sprout/process';
import type { Language } from './language.ts';
import type { Text } from './text.ts';

/** What a problem says besides its code, each in every language, with the values at fault in it. */
export interface ProblemWords {
  readonly title: Text;
  readonly detail?: Text;
  readonly hint: Text;
  readonly errors?: readonly { readonly field: string; readonly reason: Text }[];
}

/**
 * A problem that is answered in its reader's language. Both languages stand where it is thrown, so
 * that neither can be forgotten or grow away from the other; in logs it is English.
 */
export class SpokenProblem extends HttpProblem {
  readonly #words: ProblemWords;

  constructor(status: number, code: string, words: ProblemWords) {
    super(status, words.title.en, { code, ...saidIn('en', words) });
    this.#words = words;
  }

  /** The problem in one language. */
  in(language: Language): Problem {
    return { ...this.problem, ...saidIn(language, this.#words) };
  }
}

/** Words that are not ours, such as what a database says: the same in every language. */
export const asSaid = (words: string): Text => ({ en: words, ko: words });

function saidIn(language: Language, { title, detail, hint, errors }: ProblemWords) {
  return {
    title: title[language],
    ...(detail && { detail: detail[language] }),
    hint: hint[language],
    ...(errors && {
      errors: errors.map(({ field, reason }) => ({ field, reason: reason[language] })),
    }),
  };
}
