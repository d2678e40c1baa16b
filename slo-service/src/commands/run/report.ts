import type { CommandContext } from '@sprout/process';
import { defaultZone, isZone, periodAt } from '@sprout/objectives';
import { asked } from './asked.ts';
import { askServiceText } from './slo-client.ts';
import { objectiveId } from './objective-id.ts';

/** `sprout slo report`. */
export async function run(context: CommandContext): Promise<number> {
  const { values } = context;
  const query = asked(context, 'period', 'month', 'format', 'lang', 'zone', 'at');
  if (!query.has('month') && !query.has('period')) query.set('month', thisMonth(query.get('zone')));
  if (values['json'] === true) query.set('format', 'json');
  const path = `/api/v1/reports/${encodeURIComponent(objectiveId(context))}?${query}`;
  context.print((await askServiceText(context, path)).trimEnd());
  return 0;
}

/** An unknown zone is the service's to refuse, with its hint. */
function thisMonth(zone: string | null): string {
  const known = zone !== null && isZone(zone) ? zone : defaultZone;
  return periodAt('month', known, Date.now()).name;
}
