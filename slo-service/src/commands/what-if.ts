import type { Command } from '@sprout/process';

export const whatIfCommand: Command = {
  name: ['slo', 'what-if'],
  summary:
    'Whether another promise would have been kept, and when its alerts would have fired in 30 days.',
  arguments: '[ID]',
  options: {
    target: { type: 'string' },
    window: { type: 'string' },
    file: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    target: 'a fraction, for example 0.999',
    window: 'for example 7d or month@Asia/Seoul',
    file: 'the promises of an OpenSLO v1 file instead of ID',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo what-if order-availability --target 0.999',
    './sprout slo what-if order-availability --target 0.995 --window quarter@Asia/Seoul --json | jq .asked.kept',
    './sprout slo what-if --file promises.yaml     # exits with 3 when something in it is wrong',
  ],
  run: async (context) => (await import('./run/what-if.ts')).run(context),
};
