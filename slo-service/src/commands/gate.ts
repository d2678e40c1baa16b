import type { Command } from '@sprout/process';

export const gateCommand: Command = {
  name: ['slo', 'gate'],
  summary: 'Exit with 1 when a budget is spent or not known, so that a pipeline does not deploy.',
  arguments: 'ID',
  options: {
    'min-left': { type: 'string', default: '0' },
    window: { type: 'string' },
    raw: { type: 'boolean', default: false },
    'allow-unknown': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    'min-left': 'fraction of the budget of which more must be left',
    window: "for example 7d or month@Asia/Seoul; the promise's own by default",
    raw: 'count excluded time too',
    'allow-unknown': 'pass when nothing was measured, and trust stale figures; otherwise both stop',
    json: 'print the verdict, the budget and how far it can be trusted',
  },
  examples: [
    './sprout slo gate order-availability',
    './sprout slo gate order-availability --min-left 0.2 && ./deploy',
    './sprout slo gate order-availability --json | jq .left',
  ],
  run: async (context) => (await import('./run/gate.ts')).run(context),
};
