import { panelCheck } from './subject.ts';

export const rateInterval = panelCheck({
  name: 'panel-rate-interval',
  summary: 'A rate over a window of fixed length in a panel.',
  why: 'Zoomed out, what happens between two points is not seen; zoomed in, a peak is flat.',
  fix: 'Use `$__rate_interval`, or `$__range` for one value of the whole time.',
  bad: { queries: [{ expr: 'sum(rate(requests_total[5m]))', legend: '' }] },
  messages: ({ queries }) =>
    queries
      .filter(({ source = 'metrics' }) => source === 'metrics')
      .flatMap(({ expr }) => [...expr.matchAll(/\bi?rate\([^[]*\[(\d\w*)\]/g)])
      .map(([, window]) => `it takes a rate over ${window}`),
});
