import type { Command } from '@sprout/process';
import { annotationListSchema } from '../annotations/annotation.ts';
import type { Annotation } from '../annotations/annotation.ts';
import { askService } from './slo-client.ts';
import { table } from './table.ts';

export const annotationsCommand: Command = {
  name: ['slo', 'annotations'],
  summary: 'What happened, oldest first: deploys, changes of configuration, notes, announcements.',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    objective: { type: 'string' },
    service: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    from: 'an instant; leaves out what happened before',
    to: 'an instant; leaves out what happened from then on',
    objective: 'those that concern one promise',
    service: 'those of one service',
    limit: 'the newest so many; 100 by default, at most 500',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo annotations --service order',
    "./sprout slo annotations --from 2026-11-01T00:00:00Z --json | jq -r '.items[].title'",
  ],
  run: async (context) => {
    const asked = new URLSearchParams();
    for (const name of ['from', 'to', 'objective', 'service', 'limit']) {
      const value = context.values[name];
      if (typeof value === 'string') asked.set(name, value);
    }
    const list = await askService(context, `/api/v1/annotations?${asked}`, annotationListSchema);
    if (context.values['json'] === true) context.print(JSON.stringify(list));
    else if (list.items.length === 0) context.print('nothing is recorded');
    else table([heads, ...list.items.map(row)]).forEach(context.print);
    return 0;
  },
};

const heads = ['AT', 'KIND', 'WHAT', 'SERVICE', 'PROMISES', 'BY'];

function row({ at, kind, title, service, objectives, by }: Annotation): string[] {
  return [at, kind, title, service ?? '–', objectives?.join(', ') ?? 'all', by];
}
