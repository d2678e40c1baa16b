import { panelCheck } from './subject.ts';

export const logqlAuto = panelCheck({
  name: 'logql-auto',
  summary: 'A count of log lines over a window of fixed length.',
  why: 'Lines between two points are not counted, or counted twice.',
  fix: 'Use `$__auto`, or `$__range` for one value of the whole time.',
  bad: {
    queries: [{ expr: 'sum(rate({service="order"}[5m]))', legend: '', source: 'logs' }],
  },
  messages: ({ queries }) =>
    queries
      .filter(({ source }) => source === 'logs')
      .flatMap(({ expr }) => [...expr.matchAll(/\[(\d\w*)\]/g)])
      .map(([, window]) => `it counts over ${window}`),
});
