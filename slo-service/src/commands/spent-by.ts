import type { Command } from '@sprout/process';

export const spentByCommand: Command = {
  name: ['slo', 'spent-by'],
  summary:
    'What spent the budget: bad events by their labels, read from the samples of the source.',
  arguments: 'ID',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    from: 'an instant; an hour before the end by default, six hours before it at most',
    to: 'an instant; now by default',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo spent-by order-availability',
    './sprout slo spent-by order-availability --from 2026-11-01T03:00:00+09:00 --to 2026-11-01T04:00:00+09:00',
    "./sprout slo spent-by order-availability --json | jq '.items[0].labels'",
  ],
  run: async (context) => (await import('./run/spent-by.ts')).run(context),
};
