import type { Command } from '@sprout/process';

export const pagesCommand: Command = {
  name: ['slo', 'pages'],
  summary: 'Pages, newest first: what fired, what it cost, where to look.',
  options: { status: { type: 'string' }, json: { type: 'boolean', default: false } },
  optionHelp: { status: 'firing or resolved', json: 'print the answer of the API' },
  examples: [
    './sprout slo pages --status firing',
    "./sprout slo pages --json | jq -r '.items[0].exampleTrace.url'",
  ],
  run: async (context) => (await import('./run/pages.ts')).run(context),
};
