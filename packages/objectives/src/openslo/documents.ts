import { LineCounter, isNode, parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { openSloSchema } from './schema.ts';
import type { OpenSloDocument } from './schema.ts';

/** Something wrong in a file; `path` is for example `spec.objectives[0].target`. */
export interface OpenSloProblem {
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

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
  readonly problems: readonly OpenSloProblem[];
} {
  const problems: OpenSloProblem[] = [];
  const documents: Located[] = [];
  if (text.length > openSloCharsMax) {
    const message = `the file is longer than ${openSloCharsMax} characters`;
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
    problems.push({ line: 1, path: '', message: 'the file holds no OpenSLO document' });
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
  | { readonly problems: readonly OpenSloProblem[] };

function readDocument(
  source: Document,
  lines: LineCounter,
  lineOf: (path: Path) => number,
): Outcome {
  if (source.errors.length > 0) {
    const problems = source.errors.map(({ pos, message }) => ({
      line: lines.linePos(pos[0]).line,
      path: '',
      message,
    }));
    return { problems };
  }
  let value: unknown;
  try {
    value = source.toJS();
  } catch (error) {
    // Aliases that lead nowhere, or that multiply without end.
    return { problems: [{ line: lineOf([]), path: '', message: String(error) }] };
  }
  if (value === null || value === undefined) return { problems: [] };
  const checked = openSloSchema.safeParse(value);
  if (checked.success) return { document: checked.data };
  return { problems: checked.error.issues.flatMap((issue) => problemsOf(issue, lineOf)) };
}

function problemsOf(issue: z.core.$ZodIssue, lineOf: (path: Path) => number): OpenSloProblem[] {
  const found = (path: Path, message: string) => ({
    line: lineOf(path),
    path: pathText(path),
    message,
  });
  if (issue.code !== 'unrecognized_keys') return [found(issue.path, issue.message)];
  return issue.keys.map((key) => found([...issue.path, key], 'OpenSLO v1 has no such field'));
}

function lineIn(source: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? source.contents : source.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
