import { namesIn } from '@sprout/query';
import { groupCheck, recording } from './subject.ts';

export const dependency = groupCheck({
  name: 'rule-dependency',
  summary: 'A rule that reads a recording which a later rule of its group makes.',
  why: 'Rules of a group run in order: it sees the value of the evaluation before, an interval too old.',
  fix: 'Put the recording first.',
  bad: {
    rules: [
      recording('all:requests:rate5m', 'sum(service:requests:rate5m)'),
      recording('service:requests:rate5m', 'sum by (service) (rate(requests_total[5m]))'),
    ],
  },
  messages: ({ rules }) =>
    rules.flatMap((rule, index) => {
      const earlier = new Set(
        rules.slice(0, index).flatMap((one) => (one.kind === 'recording' ? one.record : [])),
      );
      const later = new Set(
        rules.slice(index).flatMap((one) => (one.kind === 'recording' ? one.record : [])),
      );
      return namesIn(rule.expr.text)
        .metrics.filter((metric) => later.has(metric) && !earlier.has(metric))
        .map((metric) => `${metric} is read before it is recorded`);
    }),
});
