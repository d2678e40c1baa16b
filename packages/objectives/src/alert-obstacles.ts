import { formatDuration } from '@sprout/query/duration';
import { allowedRatio, burnRatePairs } from './burn-rate.ts';
import { remarksOf } from './remark.ts';
import type { Remark } from './remark.ts';
import { windowSeconds } from './window.ts';
import type { Window } from './window.ts';

/** A rate needs two samples, so a window must hold two scrapes. */
const scrapesInWindowMin = 2;

export const obstacleWords = {
  BURN_RATE_UNREACHABLE: (alert: {
    readonly factor: number;
    readonly target: number;
    readonly outageBurnRate: string;
  }) => ({
    en: `needs a burn rate above ${alert.factor}, but with target ${alert.target} a total outage burns at ${alert.outageBurnRate}`,
    ko: `소진율이 ${alert.factor}을(를) 넘어야 하는데, 목표가 ${alert.target}이면 전면 장애의 소진율도 ${alert.outageBurnRate}입니다`,
  }),
  WINDOW_TOO_SHORT: ({ window, least }: { readonly window: string; readonly least: string }) => ({
    en: `looks at the last ${window}, which holds fewer than two samples; ${least} is the least`,
    ko: `최근 ${window}을(를) 보는데 그 안에는 샘플이 두 개도 들어가지 않습니다. ${least} 이상이어야 합니다`,
  }),
};
const remark = remarksOf(obstacleWords);

/**
 * Why alerts of a promise could never fire, by the burn-rate pair: its threshold is beyond a total
 * outage, or its window holds fewer than two samples.
 */
export function alertObstacles(
  { target, window }: { readonly target: number; readonly window: Window },
  scrapeIntervalSeconds: number,
): { readonly pair: number; readonly what: Remark }[] {
  const windowSecondsMin = scrapesInWindowMin * scrapeIntervalSeconds;
  const pairs = burnRatePairs(windowSeconds(window));
  const found = (what: (pair: (typeof pairs)[number]) => Remark | undefined) =>
    pairs.flatMap((pair, index) => {
      const told = what(pair);
      return told === undefined ? [] : [{ pair: index, what: told }];
    });
  return [
    // A burn rate must rise above its threshold, so reaching it is not enough.
    ...found(({ factor }) =>
      factor * allowedRatio(target) < 1
        ? undefined
        : remark('BURN_RATE_UNREACHABLE', {
            factor,
            target,
            outageBurnRate: (1 / allowedRatio(target)).toPrecision(3),
          }),
    ),
    ...found(({ shortSeconds }) =>
      shortSeconds >= windowSecondsMin
        ? undefined
        : remark('WINDOW_TOO_SHORT', {
            window: formatDuration(shortSeconds),
            least: formatDuration(windowSecondsMin),
          }),
    ),
  ];
}
