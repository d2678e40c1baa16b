import type { Command } from '@sprout/process';

export const exclusionsCommand: Command = {
  name: ['slo', 'exclusions'],
  summary: 'Time that is left out of budgets: what, who, why, when.',
  options: {
    objective: { type: 'string' },
    revoked: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    objective: 'those that touch one promise',
    revoked: 'also those that were taken back',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo exclusions --objective order-availability',
    "./sprout slo exclusions --revoked --json | jq '.items[] | select(.revoked) | .revoked.by'",
  ],
  run: async (context) => (await import('./run/exclusions.ts')).run(context),
};
