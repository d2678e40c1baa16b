import type { Command } from '@sprout/process';

export const annotationsCommand: Command = {
  name: ['slo', 'annotations'],
  summary: 'What happened, oldest first: deploys, changes of configuration, notes, announcements.',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    objective: { type: 'string' },
    service: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    from: 'an instant; leaves out what happened before',
    to: 'an instant; leaves out what happened from then on',
    objective: 'those that concern one promise',
    service: 'those of one service',
    limit: 'the newest so many, at most 500; all by default',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo annotations --service order',
    "./sprout slo annotations --from 2026-11-01T00:00:00Z --json | jq -r '.items[].title'",
  ],
  run: async (context) => (await import('./run/annotations.ts')).run(context),
};
