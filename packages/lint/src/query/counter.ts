import { queryCheck } from './query-check.ts';
import { signalProblemsOf } from './signal-problems.ts';

export const counter = queryCheck({
  name: 'promql-counter',
  summary: 'A counter that is summed, compared or shown without its rate.',
  why: 'Its value says how long the process runs, and falls to 0 when it starts anew.',
  fix: 'Take `rate` or `increase` first.',
  bad: 'sum(requests_total) > 1000',
  messages: signalProblemsOf('counter'),
});
