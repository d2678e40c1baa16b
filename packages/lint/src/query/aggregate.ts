import { argumentsOf, inputLabels } from '@sprout/query';
import type { PromqlNode } from '@sprout/query';
import { queryCheck } from './query-check.ts';

export const aggregate = queryCheck({
  name: 'promql-aggregate',
  summary: 'An aggregation by a label that its input does not have, or a copy of such a label.',
  why: 'Prometheus takes a missing label for an empty one: all series fall into one group, silently.',
  fix: 'Group by a label of the signal; keep the label in the aggregations below.',
  bad: 'sum by (route) (sum by (service) (rate(requests_total[5m]))) > 1',
  messages: ({ nodes }, { known }) =>
    nodes.flatMap((node) => {
      const asked = [
        ...groupedBy(node).map((label) => ({ label, purpose: 'group by' })),
        ...copiedFrom(node).map((label) => ({ label, purpose: 'copy' })),
      ];
      if (asked.length === 0) return [];
      const input = inputLabels(node, known);
      return asked
        .filter(({ label }) => !input.open && !input.names.has(label))
        .map(({ label, purpose }) => `there is no label ${label} to ${purpose}`);
    }),
});

function groupedBy({ kind, parts }: PromqlNode): string[] {
  if (kind !== 'AggregateExpr') return [];
  const modifier = parts.find((part) => part.kind === 'AggregateModifier');
  const labels = modifier?.parts.find((part) => part.kind === 'GroupingLabels')?.parts ?? [];
  return labels.map(({ text }) => text);
}

/** `label_replace(v, to, replacement, from, pattern)`, `label_join(v, to, between, from, …)`. */
function copiedFrom(node: PromqlNode): string[] {
  const name = node.kind === 'FunctionCall' ? (node.parts[0]?.text ?? '') : '';
  if (!/^label_(replace|join)$/.test(name)) return [];
  const sources = argumentsOf(node).slice(3, name === 'label_replace' ? 4 : undefined);
  return sources.map(({ text }) => text.slice(1, -1)).filter((label) => label !== '');
}
