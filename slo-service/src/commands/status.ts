import type { Command } from '@sprout/process';

export const statusCommand: Command = {
  name: ['slo', 'status'],
  summary: 'How one promise stands: budget, burn rates, pages, and how far it can be trusted.',
  arguments: 'ID',
  options: { at: { type: 'string' }, json: { type: 'boolean', default: false } },
  optionHelp: {
    at: 'how it stood at an instant of the past; now by default',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo status order-availability',
    './sprout slo status order-availability --at 2026-11-01T03:00:00+09:00',
    './sprout slo status order-availability --json | jq .verdict',
  ],
  run: async (context) => (await import('./run/status.ts')).run(context),
};
