import { formatDuration } from '@sprout/query/duration';
import { allowedRatio, burnRatePairs } from './burn-rate.ts';
import { windowSeconds } from './window.ts';
import type { Window } from './window.ts';

/** A rate needs two samples, so a window must hold two scrapes. */
const scrapesInWindowMin = 2;

/**
 * Why alerts of a promise could never fire, by the burn-rate pair: its threshold is beyond a total
 * outage, or its window holds fewer than two samples.
 */
export function alertObstacles(
  { target, window }: { readonly target: number; readonly window: Window },
  scrapeIntervalSeconds: number,
): { readonly pair: number; readonly what: string }[] {
  const windowSecondsMin = scrapesInWindowMin * scrapeIntervalSeconds;
  const pairs = burnRatePairs(windowSeconds(window));
  const found = (what: (pair: (typeof pairs)[number]) => string | undefined) =>
    pairs.flatMap((pair, index) => {
      const text = what(pair);
      return text === undefined ? [] : [{ pair: index, what: text }];
    });
  return [
    // A burn rate must rise above its threshold, so reaching it is not enough.
    ...found(({ factor }) =>
      factor * allowedRatio(target) < 1
        ? undefined
        : `needs a burn rate above ${factor}, but with target ${target} a total outage burns at ${(1 / allowedRatio(target)).toPrecision(3)}`,
    ),
    ...found(({ shortSeconds }) =>
      shortSeconds >= windowSecondsMin
        ? undefined
        : `looks at the last ${formatDuration(shortSeconds)}, which holds fewer than two samples; ${formatDuration(windowSecondsMin)} is the least`,
    ),
  ];
}
