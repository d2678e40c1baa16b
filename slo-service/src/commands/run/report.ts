import type { CommandContext } from '@sprout/process';
import { defaultZone, isZone, localTime } from '@sprout/objectives';
import { askServiceText } from './slo-client.ts';
import { objectiveId } from './objective-id.ts';

/** `sprout slo report`. */
export async function run(context: CommandContext): Promise<number> {
  const { values } = context;
  const asked = new URLSearchParams();
  for (const name of ['month', 'format', 'lang', 'zone', 'at']) {
    const value = values[name];
    if (typeof value === 'string') asked.set(name, value);
  }
  if (!asked.has('month')) asked.set('month', monthAt(Date.now(), asked.get('zone')));
  if (values['json'] === true) asked.set('format', 'json');
  const path = `/api/v1/reports/${encodeURIComponent(objectiveId(context))}?${asked}`;
  context.print((await askServiceText(context, path)).trimEnd());
  return 0;
}

/** An unknown zone is the service's to refuse, with its hint. */
function monthAt(atMs: number, zone: string | null): string {
  const known = zone ?? defaultZone;
  const local = isZone(known) ? localTime(atMs, known) : atMs;
  return new Date(local).toISOString().slice(0, 7);
}
