import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';

/** A part of an expression: its kind in Prometheus' grammar, its text, what it consists of. */
export interface PromqlNode {
  readonly kind: string;
  readonly text: string;
  /** Characters of the expression, counted from 0. */
  readonly from: number;
  readonly to: number;
  readonly parts: readonly PromqlNode[];
}

/** All that was written, mistakes too: they are nodes of kind `⚠`. */
export function parsed(text: string): PromqlNode {
  return read(parser.parse(text).topNode, text);
}

/** The expression as a tree, for one that has no mistakes. */
export function treeOf(text: string): PromqlNode {
  const whole = parsed(text);
  return whole.parts[0] ?? whole;
}

/** A node and all below it, those above first. */
export function nodesIn(node: PromqlNode): PromqlNode[] {
  return [node, ...node.parts.flatMap(nodesIn)];
}

/** The text of the first part of a kind; '' when there is none. */
export const textOf = ({ parts }: PromqlNode, kind: string): string =>
  parts.find((part) => part.kind === kind)?.text ?? '';

/** What a function or an aggregation is applied to. */
export function argumentsOf({ parts }: PromqlNode): readonly PromqlNode[] {
  return parts.find(({ kind }) => kind === 'FunctionCallBody')?.parts ?? [];
}

function read(node: SyntaxNode, text: string): PromqlNode {
  const { name: kind, from, to } = node;
  const parts: PromqlNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    parts.push(read(child, text));
  }
  return { kind, text: text.slice(from, to).trim(), from, to, parts };
}
