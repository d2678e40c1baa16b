import { queryCheck } from './query-check.ts';
import { signalProblemsOf } from './signal-problems.ts';

export const series = queryCheck({
  name: 'promql-series',
  summary: 'A metric, label or label value that no signal has.',
  why: 'Such a selector matches nothing: the panel stays empty, the alert never fires.',
  fix: 'Use the signal object instead of its name; declare the metric as a signal when it is new.',
  bad: 'rate(requests_total{route="basket"}[5m]) > 1',
  messages: signalProblemsOf('name'),
});
