import { VariableType } from '@grafana/grafana-foundation-sdk/dashboard';
import { writtenCheck } from './subject.ts';

const onTimeRange = 2;

export const refresh = writtenCheck({
  name: 'variable-refresh',
  summary: 'A variable whose values are not read anew when the time range changes.',
  why: 'Services of last week cannot be chosen, those of today are missing.',
  fix: 'Read it on every change of the time range, as the writers do.',
  bad: {
    templating: {
      list: [{ type: VariableType.Query, name: 'service', skipUrlSync: false, refresh: 1 }],
    },
  },
  messages: ({ templating }) =>
    (templating?.list ?? [])
      .filter(({ type, refresh: when }) => type === VariableType.Query && when !== onTimeRange)
      .map(({ name }) => `$${name} is not read anew`),
});
