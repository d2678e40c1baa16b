import { burnRatePairs } from '@sprout/objectives/burn-rate';
import type { BurnRateAnswer, Page } from '@sprout/slo-service/api';
import { windowSeconds } from '../place/range.ts';

/** The long and the short window of an alert, with the threshold that both must exceed. */
export interface WindowPair {
  readonly long: BurnRateAnswer | undefined;
  readonly short: BurnRateAnswer | undefined;
  readonly threshold: number;
}

/** Finds the pair of windows that an alert watches; undefined when the alert names none. */
export function windowPair(
  { window, threshold }: Pick<Page['objectives'][number], 'window' | 'threshold'>,
  promised: string,
  rates: readonly BurnRateAnswer[],
): WindowPair | undefined {
  if (window === null) return undefined;
  const longSeconds = windowSeconds(window);
  const pair = burnRatePairs(windowSeconds(promised)).find(
    (one) => one.longSeconds === longSeconds,
  );
  if (!pair) return undefined;
  const rateOver = (seconds: number) => rates.find((one) => windowSeconds(one.window) === seconds);
  const [long, short] = [rateOver(pair.longSeconds), rateOver(pair.shortSeconds)];
  return { long, short, threshold: threshold ?? pair.factor };
}
