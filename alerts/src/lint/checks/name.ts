import { groupCheck, recording } from './subject.ts';

export const name = groupCheck({
  name: 'rule-name',
  summary: 'A recording that is not called `level:metric:operation`, or an alert not in CamelCase.',
  why: 'By its colons people see that a series is recorded and by which labels it was summed.',
  fix: 'Rename it.',
  bad: { rules: [recording('requests_rate', 'rate(requests_total[5m])')] },
  messages: ({ rules }) =>
    rules.flatMap((rule) => {
      if (rule.kind === 'alert') {
        return /^[A-Z][A-Za-z0-9]*$/.test(rule.alert) ? [] : [`${rule.alert} is not in CamelCase`];
      }
      return /^[a-z_]+:\w+(:\w+)?$/.test(rule.record) ? [] : [`${rule.record} has no level`];
    }),
});
