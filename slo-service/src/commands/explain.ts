import type { Command } from '@sprout/process';

export const explainCommand: Command = {
  name: ['slo', 'explain'],
  summary: 'Why the ledger and PromQL differ over a window, with the events of each cause.',
  arguments: 'ID',
  options: {
    at: { type: 'string' },
    window: { type: 'string', default: '1h' },
    group: { type: 'string' },
    lang: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    at: 'end of the window; now by default',
    window: 'length of the window, at most 1d',
    group: 'one group instead of the whole, as ./sprout slo groups ID --json names it',
    lang: 'en or ko',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo explain order-availability',
    './sprout slo explain order-availability --at 2026-11-01T03:00:00+09:00 --window 6h',
    './sprout slo explain order-availability --json | jq .',
  ],
  run: async (context) => (await import('./run/explain.ts')).run(context),
};
