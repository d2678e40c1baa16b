import type { Command } from '@sprout/process';

export const annotateCommand: Command = {
  name: ['slo', 'annotate'],
  summary: 'Record a deploy or another event, so that charts and reports show it.',
  arguments: 'TITLE',
  options: {
    at: { type: 'string' },
    kind: { type: 'string', default: 'deploy' },
    service: { type: 'string' },
    objectives: { type: 'string' },
    by: { type: 'string' },
    url: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    at: 'the instant it happened; now by default',
    kind: 'deploy, configuration, note, or announcement (on the public status page)',
    service: 'the service it happened to',
    objectives: 'ids of the promises it concerns, with commas; all by default',
    by: 'who; your user name by default',
    url: 'where to read more',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo annotate "order 1.4.2" --service order',
    './sprout slo annotate "new cache size" --kind configuration --objectives product-latency',
    './sprout slo annotate "order 1.4.2" --service order --json | jq -r .id',
  ],
  run: async (context) => (await import('./run/annotate.ts')).run(context),
};
