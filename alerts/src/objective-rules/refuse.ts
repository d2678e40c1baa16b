import { alertObstacles } from '@sprout/objectives';
import { SproutError } from '@sprout/process';
import { alertPairs } from './pairs.ts';
import type { CompiledObjective } from './pairs.ts';

/**
 * Refuses objectives whose alerts could never fire: a threshold that even a total outage does
 * not reach, or a window that holds fewer than two samples.
 * Throws SproutError `ALERT_UNREACHABLE` with every problem found.
 */
export function refuseUnreachable(
  objectives: readonly CompiledObjective[],
  scrapeIntervalSeconds: number,
): void {
  const problems = objectives.flatMap((objective) => {
    const pairs = alertPairs(objective, 1);
    if (pairs.length === 0) return [];
    return alertObstacles(objective, scrapeIntervalSeconds).map(
      ({ pair, what }) => `objective ${objective.id}: ${pairs[pair]?.alert} ${what.en}`,
    );
  });
  if (problems.length === 0) return;
  throw new SproutError('ALERT_UNREACHABLE', problems.join('\n'), {
    hint: 'choose a higher target or a longer window, or set alerts: false on the objective',
  });
}
