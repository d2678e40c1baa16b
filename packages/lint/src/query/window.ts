import { parseDuration } from '@sprout/query';
import { queryCheck } from './query-check.ts';

/** Two scrapes of 15 s, and two more that may be late or lost. */
const windowSecondsMin = 60;

export const rateWindow = queryCheck({
  name: 'promql-window',
  summary: 'A rate over a window that may hold fewer than two samples.',
  why: 'With one sample there is no rate: one late scrape makes a gap in the line or clears the alert.',
  fix: `Use at least four scrape intervals, ${windowSecondsMin} s here; in a panel \`$__rate_interval\`.`,
  bad: 'rate(requests_total[15s]) > 1',
  messages: ({ nodes }) =>
    nodes
      .filter(({ kind }) => kind === 'FunctionCall')
      .flatMap(({ text }) => /^(i?rate|increase|deriv|delta)\(.*\[(\w+)\]\)$/.exec(text)?.[2] ?? [])
      .filter((window) => parseDuration(window) < windowSecondsMin)
      .map((window) => `a window of ${window} may hold fewer than two samples`),
});
