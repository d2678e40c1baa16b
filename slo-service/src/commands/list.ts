import type { Command } from '@sprout/process';

export const listCommand: Command = {
  name: ['slo', 'list'],
  summary:
    'How every promise stands, the worst first: broken, at risk, unknown, kept; then by budget left.',
  options: { at: { type: 'string' }, json: { type: 'boolean', default: false } },
  optionHelp: {
    at: 'how they stood at an instant of the past; now by default',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo list',
    './sprout slo list --at 2026-11-01T03:00:00+09:00',
    './sprout slo list --json | jq \'.items[] | select(.verdict != "kept") | .id\'',
  ],
  run: async (context) => (await import('./run/list.ts')).run(context),
};
