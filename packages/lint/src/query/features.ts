import { queryCheck } from './query-check.ts';

const experimental =
  /^(limitk|limit_ratio|info|mad_over_time|ts_of_\w+|first_over_time|sort_by_label(_desc)?|double_exponential_smoothing|step|range)$/;

export const features = queryCheck({
  name: 'promql-features',
  summary: 'A function that Prometheus only has behind a feature flag.',
  why: 'The rule loads here and fails in Mimir or on a Prometheus without the flag.',
  fix: 'Use functions that are stable.',
  bad: 'mad_over_time(queue_depth[5m]) > 1',
  messages: ({ nodes }) =>
    nodes
      .filter(({ kind }) => kind === 'FunctionIdentifier' || kind === 'AggregateOp')
      .filter(({ text }) => experimental.test(text))
      .map(({ text }) => `${text} needs a feature flag`),
});
