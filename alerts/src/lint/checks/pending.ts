import { alertsIn } from '../../rule/rule.ts';
import { nameOf } from '../rule-name.ts';
import { atom } from '@sprout/query';
import { groupCheck } from './subject.ts';

export const pending = groupCheck({
  name: 'alert-for',
  summary: 'A `for` that is shorter than the interval of its group.',
  why: 'It is rounded up to the next evaluation: the alert comes later than its text promises.',
  fix: 'Use 0, or at least one interval.',
  bad: {
    intervalSeconds: 60,
    rules: [
      {
        kind: 'alert',
        alert: 'QueueLong',
        expr: atom('queue_depth > 100'),
        forSeconds: 15,
        labels: { severity: 'ticket', team: 'market', page_group: 'queue' },
        annotations: {
          summary: 'long',
          description: 'long',
          impact: 'none',
          first_step: 'look',
          runbook_url: 'QueueLong.md',
          dashboard_url: '/d/queue',
        },
      },
    ],
  },
  messages: (group) =>
    alertsIn([group])
      .filter(({ forSeconds }) => forSeconds > 0 && forSeconds < group.intervalSeconds)
      .map((rule) => `${nameOf(rule)} waits ${rule.forSeconds} s, less than its interval`),
});
