import type { Command } from '@sprout/process';

export const incidentsCommand: Command = {
  name: ['slo', 'incidents'],
  summary: 'When a promise failed, how soon that was noticed and mended: MTTD, MTTR, MTTF, MTBF.',
  arguments: 'ID',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    factor: { type: 'string' },
    gap: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    from: "an instant; the begin of the promise's window by default",
    to: 'an instant; now by default',
    factor: 'a minute is bad from so many times the allowed rate on; 10 by default',
    gap: 'bad minutes so many minutes apart belong together; 5 by default',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo incidents order-availability',
    './sprout slo incidents order-availability --from 2026-11-01T00:00:00+09:00 --json | jq .figures',
  ],
  run: async (context) => (await import('./run/incidents.ts')).run(context),
};
