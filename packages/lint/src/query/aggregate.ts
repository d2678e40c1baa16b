import { inputLabels } from '@sprout/query';
import { queryCheck } from './query-check.ts';

export const aggregate = queryCheck({
  name: 'promql-aggregate',
  summary: 'An aggregation by a label that its input does not have.',
  why: 'Prometheus takes a missing label for an empty one: all series fall into one group, silently.',
  fix: 'Group by a label of the signal; keep the label in the aggregations below.',
  bad: 'sum by (route) (sum by (service) (rate(requests_total[5m]))) > 1',
  messages: ({ nodes }, { known }) =>
    nodes
      .filter(({ kind }) => kind === 'AggregateExpr')
      .flatMap((node) => {
        const input = inputLabels(node, known);
        const modifier = node.parts.find(({ kind }) => kind === 'AggregateModifier');
        const labels = modifier?.parts.find(({ kind }) => kind === 'GroupingLabels')?.parts ?? [];
        return labels
          .filter(({ text }) => !input.open && !input.names.has(text))
          .map(({ text }) => `there is no label ${text} to group by`);
      }),
});
