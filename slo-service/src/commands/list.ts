import type { Command } from '@sprout/process';

export const listCommand: Command = {
  name: ['slo', 'list'],
  summary:
    'How every promise stands, the worst first: broken, at risk, unknown, kept; then by budget left.',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the answer of the API' },
  examples: [
    './sprout slo list',
    './sprout slo list --json | jq \'.items[] | select(.verdict != "kept") | .id\'',
  ],
  run: async (context) => (await import('./run/list.ts')).run(context),
};
