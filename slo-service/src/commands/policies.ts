import type { Command } from '@sprout/process';

export const policiesCommand: Command = {
  name: ['slo', 'policies'],
  summary: 'Where each budget stands to each policy, and whether its webhook was called.',
  options: { objective: { type: 'string' }, json: { type: 'boolean', default: false } },
  optionHelp: { objective: 'those of one promise', json: 'print the answer of the API' },
  examples: [
    './sprout slo policies',
    "./sprout slo policies --json | jq '.items[] | select(.crossed) | .objective'",
  ],
  run: async (context) => (await import('./run/policies.ts')).run(context),
};
