import { isScalar, operandsOf, resultLabels } from '@sprout/query';
import type { KnownLabels, PromqlNode } from '@sprout/query';
import { queryCheck } from './query-check.ts';

export const vectorMatching = queryCheck({
  name: 'promql-vector-matching',
  summary: 'An operator between series whose labels can never be equal.',
  why: 'Series match by equal labels; a label that only one side has makes the result empty.',
  fix: 'Aggregate both sides by the same labels, or say `on (…)`, with `group_left` where one side has more.',
  bad: 'sum by (route) (rate(requests_total[5m])) / sum by (service) (rate(requests_total[5m])) > 1',
  messages: ({ nodes }, { known }) =>
    nodes.filter(({ kind }) => kind === 'BinaryExpr').flatMap((node) => mismatch(node, known)),
});

function mismatch(node: PromqlNode, known: KnownLabels): string[] {
  const { left, right, between } = operandsOf(node);
  if (isScalar(left) || isScalar(right) || between.some(({ kind }) => kind === 'Or')) return [];
  const [a, b] = [resultLabels(left, known), resultLabels(right, known)];
  if (a.open || b.open) return [];
  const clause = between.find(({ kind }) => kind === 'MatchingModifierClause');
  const named = clause?.parts.find(({ kind }) => kind === 'GroupingLabels')?.parts ?? [];
  const labels = new Set(named.map(({ text }) => text));
  if (clause?.parts[0]?.kind === 'On') {
    const lost = [...labels].filter((label) => !a.names.has(label) || !b.names.has(label));
    return lost.map((label) => `only one side has the label ${label} to match on`);
  }
  const odd = [...a.names, ...b.names].filter(
    (label) => a.names.has(label) !== b.names.has(label) && !labels.has(label),
  );
  return odd.length === 0 ? [] : [`only one side has ${odd.toSorted().join(', ')}`];
}
