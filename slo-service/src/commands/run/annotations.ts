import type { CommandContext } from '@sprout/process';
import { annotationListSchema } from '../../annotations/annotation.ts';
import type { Annotation } from '../../annotations/annotation.ts';
import { asked } from './asked.ts';
import { askService } from './slo-client.ts';
import { table } from './table.ts';
import { askWholeList } from './whole-list.ts';

/** `sprout slo annotations`. */
export async function run(context: CommandContext): Promise<number> {
  const query = asked(context, 'from', 'to', 'objective', 'service', 'limit');
  const path = `/api/v1/annotations?${query}`;
  const list = query.has('limit')
    ? await askService(context, path, annotationListSchema)
    : await askWholeList(context, path, annotationListSchema, 'before');
  if (context.values['json'] === true) context.print(JSON.stringify(list));
  else if (list.items.length === 0) context.print('nothing is recorded');
  else table([heads, ...list.items.map(row)]).forEach(context.print);
  return 0;
}

const heads = ['AT', 'KIND', 'WHAT', 'SERVICE', 'PROMISES', 'BY'];

function row({ at, kind, title, service, objectives, by }: Annotation): string[] {
  return [at, kind, title, service ?? '–', objectives?.join(', ') ?? 'all', by];
}
