import { userInfo } from 'node:os';
import type { Command } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { annotationSchema } from '../annotations/annotation.ts';
import { askService } from './slo-client.ts';

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
  ],
  run: async (context) => {
    const [title] = context.positionals;
    if (title === undefined) throw usageError('what happened? TITLE is missing', hint);
    const { at, kind, service, objectives, by = userInfo().username, url, json } = context.values;
    const listed = typeof objectives === 'string' ? { objectives: objectives.split(',') } : {};
    const body = { title, at, kind, service, by, url, ...listed };
    const annotation = await askService(context, '/api/v1/annotations', annotationSchema, {
      method: 'POST',
      body,
    });
    if (json) context.print(JSON.stringify(annotation));
    else
      context.print(`${annotation.id}  ${annotation.at}  ${annotation.kind}: ${annotation.title}`);
    return 0;
  },
};

const hint = './sprout slo annotate --help shows examples';
