import { groupCheck } from './subject.ts';

/** Series are stale after five minutes without a sample. */
const intervalSecondsMax = 300;

export const interval = groupCheck({
  name: 'rule-interval',
  summary: 'A group that is evaluated less often than every five minutes.',
  why: 'Prometheus forgets a series five minutes after its last sample: what the group records has gaps.',
  fix: 'Evaluate it at least every five minutes.',
  bad: { intervalSeconds: 600 },
  messages: ({ intervalSeconds }) =>
    intervalSeconds > intervalSecondsMax ? [`it is evaluated every ${intervalSeconds} s`] : [],
});
