import { alertCheck } from './subject.ts';

const ofTargets = ['job', 'instance', '__name__'];

export const label = alertCheck({
  name: 'rule-label',
  summary: 'An alert that lacks a label of the routes, or overwrites one of its target.',
  why: 'Without severity, team and page_group nobody is told, or everybody; with another instance nobody finds the culprit.',
  fix: 'Give it `severity` (page, ticket, info), `team`, `component` and `page_group`; leave `job` and `instance` as they are.',
  bad: { labels: { severity: 'ticket', team: '', page_group: 'queue', instance: 'all' } },
  messages: ({ labels }) => [
    ...['severity', 'team', 'component', 'page_group']
      .filter((needed) => !labels[needed])
      .map((needed) => `it has no label ${needed}`),
    ...ofTargets
      .filter((own) => own in labels)
      .map((own) => `it overwrites the label ${own} of its target`),
  ],
});
