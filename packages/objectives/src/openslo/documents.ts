import { LineCounter, isNode, parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import type { Remark } from '../remark.ts';
import { openSloSchema } from './schema.ts';
import type { OpenSloDocument } from './schema.ts';
import { problem } from './words/problems.ts';
import { isSchemaCode } from './words/schema.ts';

/** Something wrong in a file; `path` is for example `spec.objectives[0].target`. */
export interface OpenSloProblem {
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

/** The same before a language is chosen. */
export type FoundProblem = Omit<OpenSloProblem, 'message'> & { readonly message: Remark };

export type Path = readonly PropertyKey[];

/** A document and where its parts stand. */
export interface Located {
  readonly document: OpenSloDocument;
  /** The line of a part, or of the nearest part around it. */
  lineOf(path: Path): number;
}

/** Longest file that is read. */
export const openSloCharsMax = 2_000_000;

/** Takes YAML text apart into OpenSLO documents, and names everything wrong in it. */
export function readDocuments(text: string): {
  readonly documents: readonly Located[];
  readonly problems: readonly FoundProblem[];
} {
  const problems: FoundProblem[] = [];
  const documents: Located[] = [];
  if (text.length > openSloCharsMax) {
    const message = problem('FILE_TOO_LONG', { charsMax: openSloCharsMax });
    return { documents, problems: [{ line: 1, path: '', message }] };
  }
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  for (const source of Array.isArray(parsed) ? parsed : []) {
    const lineOf = (path: Path) => lineIn(source, lines, path);
    const outcome = readDocument(source, lines, lineOf);
    if ('document' in outcome) documents.push({ document: outcome.document, lineOf });
    else problems.push(...outcome.problems);
  }
  if (documents.length === 0 && problems.length === 0) {
    problems.push({ line: 1, path: '', message: problem('NO_DOCUMENT') });
  }
  return { documents, problems };
}

/** A path as it is written: `spec.objectives[0].target`. */
export function pathText(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

type Outcome =
  | { readonly document: OpenSloDocument }
  | { readonly problems: readonly FoundProblem[] };

function readDocument(
  source: Document,
  lines: LineCounter,
  lineOf: (path: Path) => number,
): Outcome {
  if (source.errors.length > 0) {
    const problems = source.errors.map(({ pos, code, message }) => ({
      line: lines.linePos(pos[0]).line,
      path: '',
      message: problem('YAML_WRONG', { code, message }),
    }));
    return { problems };
  }
  let value: unknown;
  try {
    value = source.toJS();
  } catch (error) {
    // Aliases that lead nowhere, or that multiply without end.
    const message = problem('YAML_ALIASES', { message: String(error) });
    return { problems: [{ line: lineOf([]), path: '', message }] };
  }
  if (value === null || value === undefined) return { problems: [] };
  const checked = openSloSchema.safeParse(value);
  if (checked.success) return { document: checked.data };
  // What is refused once is refused again, for the same reasons in the other language.
  const inKorean = openSloSchema.safeParse(value, korean).error?.issues ?? [];
  const problems = checked.error.issues.flatMap((issue, index) =>
    problemsOf(issue, inKorean[index]?.message ?? issue.message, lineOf),
  );
  return { problems };
}

const korean = { error: z.locales.ko().localeError };

function problemsOf(
  issue: z.core.$ZodIssue,
  ko: string,
  lineOf: (path: Path) => number,
): FoundProblem[] {
  const found = (path: Path, message: Remark) => ({
    line: lineOf(path),
    path: pathText(path),
    message,
  });
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => found([...issue.path, key], problem('FIELD_UNKNOWN')));
  }
  const { path, message: said } = issue;
  if (isSchemaCode(said)) return [found(path, problem('SAID_BY_SCHEMA', { code: said }))];
  return [found(path, problem('SAID_BY_ZOD', { en: said, ko }))];
}

function lineIn(source: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? source.contents : source.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
