import type { Command } from '@sprout/process';

export const exportCommand: Command = {
  name: ['slo', 'export'],
  summary: 'Promises as OpenSLO v1, for other tools.',
  arguments: '[ID…]',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the documents and what they cannot say' },
  examples: [
    './sprout slo export > promises.yaml                 # all; exits with 4 when something is lost',
    './sprout slo export order-availability order-latency',
    './sprout slo export --json | jq .notSaid                # what OpenSLO cannot say',
  ],
  run: async (context) => (await import('./run/export.ts')).run(context),
};
