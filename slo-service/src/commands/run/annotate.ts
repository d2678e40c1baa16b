import type { CommandContext } from '@sprout/process';
import { userInfo } from 'node:os';
import { usageError } from '@sprout/process/cli';
import { annotationSchema } from '../../annotations/annotation.ts';
import { askService } from './slo-client.ts';

/** `sprout slo annotate`. */
export async function run(context: CommandContext): Promise<number> {
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
  else context.print(`${annotation.id}  ${annotation.at}  ${annotation.kind}: ${annotation.title}`);
  return 0;
}

const hint = './sprout slo annotate --help shows examples';
