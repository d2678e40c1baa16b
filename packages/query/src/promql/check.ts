import { nodesIn, parsed } from './tree.ts';

/** Something wrong in an expression; positions count characters from 0. */
export interface PromqlProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/**
 * Syntax errors of a PromQL expression, unknown functions among them; empty when it can be
 * evaluated. The grammar is Prometheus' own.
 */
export function checkPromql(text: string): PromqlProblem[] {
  if (text.trim() === '') return [{ from: 0, to: text.length, message: 'the expression is empty' }];
  const mistake = nodesIn(parsed(text)).find(({ kind }) => kind === '⚠');
  if (mistake === undefined) return [];
  const { from, to } = mistake;
  return [{ from, to, message: messageAt(text, from, to) }];
}

/** The metric names and the label names that an expression reads or groups by, sorted. */
export function namesIn(text: string): { metrics: string[]; labels: string[] } {
  const nodes = nodesIn(parsed(text));
  const named = (wanted: string) =>
    [...new Set(nodes.flatMap((node) => (node.kind === wanted ? node.text : [])))].toSorted();
  return { metrics: named('Identifier'), labels: named('LabelName') };
}

function messageAt(text: string, from: number, to: number): string {
  const before = /([a-zA-Z_][a-zA-Z0-9_]*)\s*$/.exec(text.slice(0, from))?.[1];
  if (before !== undefined && text[from] === '(') return `there is no function "${before}"`;
  if (from >= text.length) return 'the expression ends too early';
  return `unexpected "${text.slice(from, Math.max(to, from + 1))}" at ${from + 1}`;
}
