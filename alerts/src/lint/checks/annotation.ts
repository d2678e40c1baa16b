import { alertCheck } from './subject.ts';

const needed = ['summary', 'description', 'impact', 'first_step', 'runbook_url', 'dashboard_url'];

export const annotation = alertCheck({
  name: 'alert-annotation',
  summary: 'An alert that lacks one of its texts or links.',
  why: 'Who is woken must read what breaks for whom, what to do first and where to look.',
  fix: `Give it ${needed.join(', ')}.`,
  bad: {
    annotations: {
      summary: 'the queue is long',
      description: '',
      impact: '',
      first_step: '',
      runbook_url: '',
      dashboard_url: '',
    },
  },
  messages: ({ annotations }) =>
    needed.filter((name) => !annotations[name]?.trim()).map((name) => `it has no ${name}`),
});
