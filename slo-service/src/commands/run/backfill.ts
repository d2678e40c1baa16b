import type { CommandContext } from '@sprout/process';
import { sourceListSchema } from '../../api/schemas.ts';
import type { Source } from '../../api/schemas.ts';
import { askService } from './slo-client.ts';
import { percent } from './words.ts';

/** How far the service has read a long past; null when it is not about to. */
export async function askBackfill(context: CommandContext): Promise<Source['backfill']> {
  const { items } = await askService(context, '/api/v1/sources', sourceListSchema);
  return items.find(({ backfill }) => backfill)?.backfill;
}

/** The same in words; undefined when there is nothing to say. */
export function backfillText(backfill: Source['backfill']): string | undefined {
  if (backfill === null || backfill === undefined) return undefined;
  const { at, until, fraction } = backfill;
  return `by the hour from ${at} to ${until}; ${percent(fraction)} is read minute by minute`;
}
