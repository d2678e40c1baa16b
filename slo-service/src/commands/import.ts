import type { Command } from '@sprout/process';

export const importCommand: Command = {
  name: ['slo', 'import'],
  summary: 'Promises of an OpenSLO v1 file as TypeScript, to paste into your objectives.',
  arguments: 'FILE',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the declarations and what they cannot say' },
  examples: [
    './sprout slo import promises.yaml >> objectives.ts   # exits with 4 when something is lost',
    './sprout slo import promises.yaml --json | jq .',
  ],
  run: async (context) => (await import('./run/import.ts')).run(context),
};
