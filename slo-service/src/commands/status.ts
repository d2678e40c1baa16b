import type { Command } from '@sprout/process';

export const statusCommand: Command = {
  name: ['slo', 'status'],
  summary: 'How one promise stands: budget, burn rates, pages, and how far it can be trusted.',
  arguments: 'ID',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the answer of the API' },
  examples: [
    './sprout slo status order-availability',
    './sprout slo status order-availability --json | jq .verdict',
  ],
  run: async (context) => (await import('./run/status.ts')).run(context),
};
