import type { AlertLabels } from '../../rule/rule.ts';
import { alertCheck } from './subject.ts';

export const tested = alertCheck({
  name: 'alert-tested',
  summary: 'An alert that no unit test fires.',
  why: 'An alert that never fired may be one that cannot.',
  fix: 'Declare it as the hint of a signal or by an objective: its tests are generated.',
  bad: { alert: 'WrittenByHand' },
  messages: ({ alert, labels }, { tests }) => {
    const fired = tests
      .flatMap((file) => file.tests.flatMap(({ expectations }) => expectations))
      .filter(({ alertname }) => alertname === alert)
      .flatMap(({ alerts }) => alerts);
    return fired.some((one) => carries(one.labels, labels)) ? [] : ['no unit test fires it'];
  },
});

/** Whether an alert has the labels that its rule writes; those that it fills in may be anything. */
const carries = (fired: Readonly<Record<string, string>>, written: AlertLabels): boolean =>
  Object.entries(written).every(([label, text]) => text.includes('{{') || fired[label] === text);
