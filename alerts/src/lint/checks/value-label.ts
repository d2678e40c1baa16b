import { alertCheck } from './subject.ts';

export const valueLabel = alertCheck({
  name: 'alert-value-label',
  summary: 'A label that holds a value.',
  why: 'Each evaluation with another value is a new alert: it never lasts long enough to fire, or is sent again and again.',
  fix: 'Move the value into an annotation.',
  bad: {
    labels: { severity: 'ticket', team: 'market', page_group: 'queue', depth: '{{ $value }}' },
  },
  messages: ({ labels }) =>
    Object.entries(labels)
      .filter(([, text]) => text.includes('$value'))
      .map(([label]) => `label ${label} holds a value`),
});
