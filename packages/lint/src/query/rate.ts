import { queryCheck } from './query-check.ts';
import { signalProblemsOf } from './signal-problems.ts';

export const rate = queryCheck({
  name: 'promql-rate',
  summary: 'The rate of a gauge, or of a sum.',
  why: 'Each fall of a gauge counts as a restart; a restart of one part of a sum as a loss of all.',
  fix: 'Use `deriv` or `delta` for a gauge; take the rate before the sum.',
  bad: 'rate(queue_depth[5m]) > 1',
  messages: signalProblemsOf('rate'),
});
