import type { Language, Remark } from '../remark.ts';
import { pathText } from './documents.ts';
import type { FoundProblem, Located, OpenSloProblem, Path } from './documents.ts';

/** Something one side says and the other has no words for. */
export interface NotSaid {
  /** The objective, or the document when it is no SLO. */
  readonly objective: string;
  readonly what: string;
}

/** Something of a file that Sprout has no words for, and where it stands. */
export interface NotImported extends NotSaid {
  readonly line: number;
}

/** What cannot be said, before a language is chosen. */
export type FoundUnsaid<Place extends NotSaid = NotSaid> = Omit<Place, 'what'> & {
  readonly what: Remark;
};

/** Where a reader puts what it finds, document by document. */
export interface Findings {
  /** The file is wrong at this place. */
  problem(path: Path, message: Remark): void;
  /** The file is right, but Sprout cannot say this. */
  unsaid(path: Path, what: Remark): void;
}

/** All findings of a file. */
export interface AllFindings {
  readonly problems: FoundProblem[];
  readonly notSaid: FoundUnsaid<NotImported>[];
}

/** Findings in one document on behalf of an objective. */
export function findingsIn(
  { lineOf }: Located,
  objective: string,
  { problems, notSaid }: AllFindings,
): Findings {
  return {
    problem: (path, message) => {
      problems.push({ line: lineOf(path), path: pathText(path), message });
    },
    unsaid: (path, what) => {
      notSaid.push({ objective, line: lineOf(path), what });
    },
  };
}

/** Problems in the words of a language. */
export const problemsIn = (
  language: Language,
  problems: readonly FoundProblem[],
): OpenSloProblem[] => problems.map((one) => ({ ...one, message: one.message[language] }));

/** What cannot be said, in the words of a language. */
export function notSaidIn<Place extends NotSaid>(
  language: Language,
  notSaid: readonly FoundUnsaid<Place>[],
) {
  return notSaid.map((one) => ({ ...one, what: one.what[language] }));
}
