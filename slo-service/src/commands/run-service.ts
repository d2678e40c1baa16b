import type { Command } from '@sprout/process';

export const runCommand: Command = {
  name: ['slo', 'run'],
  summary: 'Run the SLO service alone, until Ctrl-C.',
  options: {
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    'dry-run': 'print what would be read, from where, and what it costs; connects to nothing',
    json: 'with --dry-run: one JSON document',
  },
  examples: [
    './sprout slo run             # meters the Prometheus of the configuration',
    './sprout slo run --dry-run   # what that would ask of it; after ./sprout config build',
    './sprout slo run --dry-run --config sprout.config.ts --json',
  ],
  run: async (context) => (await import('./run/run-service.ts')).run(context),
};
