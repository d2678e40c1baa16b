import type { Command } from '@sprout/process';

export const validateCommand: Command = {
  name: ['slo', 'validate'],
  summary: 'Check an OpenSLO v1 file: what is wrong in it or impossible, and what cannot be said.',
  arguments: 'FILE',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print problems, what cannot be said, and the ids' },
  examples: [
    './sprout slo validate promises.yaml        # exits with 3 when something in it is wrong',
    './sprout slo validate promises.yaml --json | jq -r .problems[]',
  ],
  run: async (context) => (await import('./run/validate.ts')).run(context),
};
