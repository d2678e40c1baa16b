import { nodesIn, parsed } from './tree.ts';

/** Something wrong in an expression; positions count characters from 0. */
export interface PromqlProblem {
  readonly from: number;
  readonly to: number;
  readonly kind: 'empty' | 'function' | 'end' | 'unexpected';
  /** The function that is not there, or what was not expected; empty otherwise. */
  readonly near: string;
  /** The same in English. */
  readonly message: string;
}

/**
 * Syntax errors of a PromQL expression, unknown functions among them; empty when it can be
 * evaluated. The grammar is Prometheus' own.
 */
export function checkPromql(text: string): PromqlProblem[] {
  if (text.trim() === '') {
    const message = 'the expression is empty';
    return [{ from: 0, to: text.length, kind: 'empty', near: '', message }];
  }
  const mistake = nodesIn(parsed(text)).find(({ kind }) => kind === '⚠');
  if (mistake === undefined) return [];
  const { from, to } = mistake;
  return [{ from, to, ...mistakeAt(text, from, to) }];
}

/** The metric names and the label names that an expression reads or groups by, sorted. */
export function namesIn(text: string): { metrics: string[]; labels: string[] } {
  const nodes = nodesIn(parsed(text));
  const named = (wanted: string) =>
    [...new Set(nodes.flatMap((node) => (node.kind === wanted ? node.text : [])))].toSorted();
  return { metrics: named('Identifier'), labels: named('LabelName') };
}

type Mistake = Pick<PromqlProblem, 'kind' | 'near' | 'message'>;

function mistakeAt(text: string, from: number, to: number): Mistake {
  const before = /([a-zA-Z_][a-zA-Z0-9_]*)\s*$/.exec(text.slice(0, from))?.[1];
  if (before !== undefined && text[from] === '(') {
    const message = `there is no function "${before}"`;
    return { kind: 'function', near: before, message };
  }
  if (from >= text.length) {
    return { kind: 'end', near: '', message: 'the expression ends too early' };
  }
  const near = text.slice(from, Math.max(to, from + 1));
  return { kind: 'unexpected', near, message: `unexpected "${near}" at ${from + 1}` };
}
