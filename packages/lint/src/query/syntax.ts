import { checkPromql } from '@sprout/query';
import { queryCheck } from './query-check.ts';

export const syntax = queryCheck({
  name: 'promql-syntax',
  summary: 'An expression that Prometheus cannot parse.',
  why: 'A rule file with one such rule does not load at all; a panel shows an error.',
  fix: 'Build expressions with `@sprout/query`, which only prints valid ones.',
  bad: 'sum(rate(requests_total[5m])',
  messages: ({ expr }) => checkPromql(expr).map(({ message }) => message),
});
