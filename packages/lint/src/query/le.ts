import { inputLabels } from '@sprout/query';
import { queryCheck } from './query-check.ts';

export const le = queryCheck({
  name: 'promql-le',
  summary: 'A quantile of buckets whose label `le` was aggregated away.',
  why: 'Without `le` there are no buckets: the result is empty.',
  fix: 'Group by `le` besides the other labels, or use `quantile` of `@sprout/query/typed`.',
  bad: 'histogram_quantile(0.99, sum by (route) (rate(request_duration_seconds_bucket[5m]))) > 1',
  messages: ({ nodes }, { known }) =>
    nodes
      .filter(({ kind, text }) => kind === 'FunctionCall' && text.startsWith('histogram_quantile'))
      .map((node) => inputLabels(node, known))
      .filter(({ names, open }) => !open && !names.has('le'))
      .map(() => 'the buckets lost their label le'),
});
