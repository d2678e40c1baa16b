import { SproutError, timing } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { alertPairs } from './pairs.ts';
import type { CompiledObjective } from './pairs.ts';

/** A rate needs two samples, so a window must hold two scrapes. */
const scrapesInWindowMin = 2;

/**
 * Refuses objectives whose alerts could never fire: a threshold that even a total outage does
 * not reach, or a window that holds fewer than two samples.
 * Throws SproutError `ALERT_UNREACHABLE` with every problem found.
 */
export function refuseUnreachable(objectives: readonly CompiledObjective[]): void {
  const problems = objectives.flatMap((objective) => [
    ...beyondTotalOutage(objective),
    ...belowScrapeInterval(objective),
  ]);
  if (problems.length === 0) return;
  throw new SproutError('ALERT_UNREACHABLE', problems.join('\n'), {
    hint: 'choose a higher target or a longer window, or set alerts: false on the objective',
  });
}

function beyondTotalOutage(objective: CompiledObjective): string[] {
  const burnMax = 1 / (1 - objective.target);
  // A burn rate must rise above its threshold, so reaching it is not enough.
  return alertPairs(objective, 1)
    .filter(({ factor }) => factor * (1 - objective.target) >= 1)
    .map(
      ({ alert, factor }) =>
        `objective ${objective.id}: ${alert} needs a burn rate above ${factor}, but with target ${objective.target} a total outage burns at ${burnMax.toPrecision(3)}`,
    );
}

function belowScrapeInterval(objective: CompiledObjective): string[] {
  const windowSecondsMin = (scrapesInWindowMin * timing(1).scrapeIntervalMs) / 1000;
  return alertPairs(objective, 1)
    .filter(({ short }) => short.nominalSeconds < windowSecondsMin)
    .map(
      ({ alert, short }) =>
        `objective ${objective.id}: ${alert} looks at the last ${short.name}, which holds fewer than two samples; ${formatDuration(windowSecondsMin)} is the least`,
    );
}
