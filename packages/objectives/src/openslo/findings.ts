import { pathText } from './documents.ts';
import type { Located, OpenSloProblem, Path } from './documents.ts';

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

/** Where a reader puts what it finds, document by document. */
export interface Findings {
  /** The file is wrong at this place. */
  problem(path: Path, message: string): void;
  /** The file is right, but Sprout cannot say this. */
  unsaid(path: Path, what: string): void;
}

/** All findings of a file. */
export interface AllFindings {
  readonly problems: OpenSloProblem[];
  readonly notSaid: NotImported[];
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
