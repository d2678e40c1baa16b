import type { SproutConfig } from '@sprout/process';
import { hitRatio, readCacheCounts } from './cache-hits.ts';
import { askVerdicts } from './slo-verdict.ts';
import type { Verdicts } from './slo-verdict.ts';

/** What a load did to the platform, as others saw it. */
export interface Judgement {
  readonly from: Date;
  readonly to: Date;
  readonly verdicts: Verdicts;
  /** Share of look-ups that page caches answered; undefined where it cannot be read. */
  readonly cacheHitRatio: number | undefined;
}

/**
 * Begins to watch the stack; what it returns tells what was seen since. Without a configuration
 * the load goes elsewhere, and nobody here is asked.
 */
export async function beginJudgement(
  config: SproutConfig | undefined,
): Promise<() => Promise<Judgement>> {
  const from = new Date();
  const before = config && (await readCacheCounts(config));
  return async () => {
    const to = new Date();
    if (config === undefined) {
      return { from, to, verdicts: { state: 'elsewhere' }, cacheHitRatio: undefined };
    }
    const [after, verdicts] = await Promise.all([
      readCacheCounts(config),
      askVerdicts(config, from, to),
    ]);
    return { from, to, verdicts, cacheHitRatio: hitRatio(before, after) };
  };
}
