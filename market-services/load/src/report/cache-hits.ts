import { addressOf } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { cacheRequests } from '@sprout/signals/catalogue';
import { z } from 'zod';

/** Look-ups in the page caches of all services, since each instance started. */
export interface CacheCounts {
  readonly hits: number;
  readonly lookUps: number;
}

/** The share of look-ups that the caches are promised to answer. */
export const hitRatioPromised = 0.85;

/** After a load that was too much, instances take a while to answer. */
const timeoutMs = 10_000;

/** Reads the counters of every instance that discovery lists; undefined when one does not answer. */
export async function readCacheCounts(
  config: Pick<SproutConfig, 'dataDir' | 'market'>,
): Promise<CacheCounts | undefined> {
  const discovery = addressOf(config, config.market.discovery);
  if (discovery === undefined) return undefined;
  try {
    const groups = listSchema.parse(JSON.parse(await read(`${discovery}/sd/prometheus`)));
    const urls = groups.flatMap(({ targets }) => targets.map((at) => `http://${at}/metrics`));
    const texts = await Promise.all(urls.map(read));
    return countsIn(texts.join('\n'));
  } catch {
    // The load is measured all the same, and its result has no ratio.
    return undefined;
  }
}

/** What was looked up in between; undefined when nothing was, or an instance started anew. */
export function hitRatio(
  before: CacheCounts | undefined,
  after: CacheCounts | undefined,
): number | undefined {
  if (before === undefined || after === undefined) return undefined;
  const lookUps = after.lookUps - before.lookUps;
  const hits = after.hits - before.hits;
  return lookUps > 0 && hits >= 0 ? hits / lookUps : undefined;
}

/** Sums the counters in an exposition. */
export function countsIn(exposition: string): CacheCounts {
  const counts = { hits: 0, lookUps: 0 };
  const series = new RegExp(`^${cacheRequests.name}\\{([^}]*)\\} (\\S+)`, 'gm');
  for (const [, labels = '', value] of exposition.matchAll(series)) {
    counts.lookUps += Number(value);
    if (labels.includes('outcome="hit"')) counts.hits += Number(value);
  }
  return counts;
}

const listSchema = z.array(z.object({ targets: z.array(z.string()) }));

async function read(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.text();
}
