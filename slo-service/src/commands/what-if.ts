import type { Command } from '@sprout/process';

export const whatIfCommand: Command = {
  name: ['slo', 'what-if'],
  summary: 'Whether another target or window would have been kept.',
  arguments: 'ID',
  options: {
    target: { type: 'string' },
    window: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    target: 'a fraction, for example 0.999',
    window: 'for example 7d or month@Asia/Seoul',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo what-if order-availability --target 0.999',
    './sprout slo what-if order-availability --target 0.995 --window quarter@Asia/Seoul --json | jq .asked.kept',
  ],
  run: async (context) => (await import('./run/what-if.ts')).run(context),
};
