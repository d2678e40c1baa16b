import type { Command } from '@sprout/process';

export const groupsCommand: Command = {
  name: ['slo', 'groups'],
  summary: 'How each label set of a promise stands, the worst first.',
  arguments: 'ID',
  options: {
    at: { type: 'string' },
    limit: { type: 'string' },
    cursor: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    at: 'an instant; now by default',
    limit: 'groups to show; 50 by default, at most 500',
    cursor: 'where the answer before said that it goes on',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo groups market-availability',
    "./sprout slo groups market-availability --json | jq '.items[0].labels'",
  ],
  run: async (context) => (await import('./run/groups.ts')).run(context),
};
