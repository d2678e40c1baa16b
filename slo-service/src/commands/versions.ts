import type { Command } from '@sprout/process';

export const versionsCommand: Command = {
  name: ['slo', 'versions'],
  summary: 'What was promised, and since when; history is judged by the promise then in force.',
  arguments: 'ID',
  options: {
    'known-at': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    'known-at': 'leave out what was recorded after this instant',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo versions order-availability',
    './sprout slo versions order-availability --known-at 2026-11-01T00:00:00Z --json',
  ],
  run: async (context) => (await import('./run/versions.ts')).run(context),
};
