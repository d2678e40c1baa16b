import { call, minus, or, rate, sum, sumOfPresent, times } from '@sprout/query';
import type { Expression, Series } from '@sprout/query';
import type { CompiledObjective, RateWindow } from './pairs.ts';

/** Events per second of sets of series, those that are there. */
export function sumOfRates(selections: readonly Series[], window: RateWindow): Expression {
  return sumOfPresent(selections.map((selection) => sum(rate(selection, window.seconds))));
}

/**
 * Bad events per second. A missing set of series counts as 0 as soon as there are valid events,
 * and only then.
 */
export function badRate(
  { good, bad }: CompiledObjective['sli'],
  window: RateWindow,
  valid: Expression,
): Expression {
  const none = times(valid, 0);
  if (bad !== undefined) return or(sumOfRates(bad, window), none);
  // Extrapolation may put good a hair above valid.
  return call('clamp_min', minus(valid, or(sumOfRates(good ?? [], window), none)).text, '0');
}
