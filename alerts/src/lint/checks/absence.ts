import { atom } from '@sprout/query';
import { alertCheck } from './subject.ts';

export const absence = alertCheck({
  name: 'alert-absent',
  summary: 'An alert on missing data that fires at once.',
  why: 'After a restart of Prometheus every series is missing for one scrape.',
  fix: 'Give it a `for` of some minutes.',
  bad: { expr: atom('absent(queue_depth)'), forSeconds: 0 },
  messages: ({ expr, forSeconds }) =>
    /\babsent\(/.test(expr.text) && forSeconds === 0 ? ['it fires when one scrape is missing'] : [],
});
