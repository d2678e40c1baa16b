import type { Command } from '@sprout/process';

export const budgetCommand: Command = {
  name: ['slo', 'budget'],
  summary: 'The error budget of a promise over any window.',
  arguments: 'ID',
  options: {
    window: { type: 'string' },
    at: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    window: "for example 2h, 7d or month@Asia/Seoul; the promise's own by default",
    at: 'the instant at which the window ends; now by default',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo budget order-availability --window 2h',
    './sprout slo budget order-availability --window month@Asia/Seoul',
    './sprout slo budget order-availability --at 2026-11-01T00:00:00Z --json | jq .left',
  ],
  run: async (context) => (await import('./run/budget.ts')).run(context),
};
