import { alertsOf } from '@sprout/signals';
import { shownMetrics } from './shown.ts';
import { signalCheck } from './subject.ts';

export const alertPanel = signalCheck({
  name: 'alert-panel',
  summary: 'An alert on a signal that no panel shows.',
  why: 'Who is told cannot see since when, how bad and whether it gets better.',
  fix: 'Give the signal a panel hint, or show it on the dashboard of its part.',
  bad: {
    alert: {
      name: 'QueueLong',
      severity: 'ticket',
      of: 'value',
      above: 100,
      for: '5m',
      summary: 'the queue is long',
      impact: 'Customers wait for their orders.',
      firstStep: 'Look at the consumers.',
    },
  },
  messages: (signal, subject) => {
    const alerts = alertsOf(signal).map(({ name }) => name);
    return alerts.length === 0 || shownMetrics(subject).has(signal.name)
      ? []
      : [`no panel shows what ${alerts.join(', ')} tells`];
  },
});
