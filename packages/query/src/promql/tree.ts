import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';

/** A part of an expression: its kind in Prometheus' grammar, its text, what it consists of. */
export interface PromqlNode {
  readonly kind: string;
  readonly text: string;
  readonly parts: readonly PromqlNode[];
}

/** The whole expression as a tree; mistakes are nodes of kind `⚠`. */
export function treeOf(text: string): PromqlNode {
  const { topNode } = parser.parse(text);
  const { parts } = read(topNode, text);
  return parts[0] ?? { kind: topNode.name, text, parts };
}

/** A node and all below it, those above first. */
export function nodesIn(node: PromqlNode): PromqlNode[] {
  return [node, ...node.parts.flatMap(nodesIn)];
}

/** What a function or an aggregation is applied to. */
export function argumentsOf({ parts }: PromqlNode): readonly PromqlNode[] {
  return parts.find(({ kind }) => kind === 'FunctionCallBody')?.parts ?? [];
}

function read(node: SyntaxNode, text: string): PromqlNode {
  const parts: PromqlNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    parts.push(read(child, text));
  }
  return { kind: node.name, text: text.slice(node.from, node.to).trim(), parts };
}
