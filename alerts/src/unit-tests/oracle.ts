import { badEventsMin } from '@sprout/objectives';
import { selects } from '@sprout/query';
import type { AlertPair, CompiledObjective } from '../objective-rules/pairs.ts';
import type { EventCounter, Traffic } from './events.ts';
import { badShare, slicesAreBad } from './slice-traffic.ts';

/** The series of a test: counters of events, and `up` of services. */
export interface Played {
  readonly counters: readonly EventCounter[];
  readonly scraped: readonly string[];
}

/**
 * The burn rate of an objective under steady traffic, computed from the declarations alone and
 * not from the rules; null when the traffic does not concern it. Of steady traffic all time slices
 * are alike, and their events are seconds.
 */
export function steadyBurn(
  objective: CompiledObjective,
  played: Played,
  traffic: Traffic,
): { burn: number; badPerSecond: number } | null {
  const counted = steadyEvents(objective, played, traffic);
  if (counted === null) return null;
  const { slice } = objective.sli;
  const badRatio = counted.bad / counted.valid;
  const bad = slice === undefined ? badRatio : Number(slicesAreBad(slice, badRatio));
  return {
    burn: bad / (1 - objective.target),
    badPerSecond: slice === undefined ? counted.bad : bad,
  };
}

function steadyEvents(
  { sli }: CompiledObjective,
  { counters, scraped }: Played,
  traffic: Traffic,
): { bad: number; valid: number } | null {
  if (sli.up !== undefined) {
    const isScraped = sli.up.some((service) => scraped.includes(service));
    return isScraped ? { bad: badShare(traffic), valid: 1 } : null;
  }
  const total = (selections: CompiledObjective['sli']['valid']) =>
    selections.reduce(
      (sum, selection) =>
        sum +
        counters
          .filter((counter) => selects(selection, counter))
          .reduce((events, counter) => events + perSecond(counter, traffic), 0),
      0,
    );
  const valid = total(sli.valid);
  if (valid === 0) return null;
  return { bad: sli.bad === undefined ? valid - total(sli.good ?? []) : total(sli.bad), valid };
}

/** The burn rate of an objective of events over a window in which traffic has changed. */
export function burnOver(
  objective: CompiledObjective,
  played: Played,
  parts: readonly { readonly traffic: Traffic; readonly seconds: number }[],
): number | null {
  let [bad, valid] = [0, 0];
  for (const { traffic, seconds } of parts) {
    const counted = steadyEvents(objective, played, traffic);
    bad += (counted?.bad ?? 0) * seconds;
    valid += (counted?.valid ?? 0) * seconds;
  }
  return valid === 0 ? null : bad / valid / (1 - objective.target);
}

/** Whether steady traffic that has lasted longer than the long window fires a pair. */
export function fires(pair: AlertPair, steady: { burn: number; badPerSecond: number }): boolean {
  return steady.burn > pair.factor && steady.badPerSecond * pair.long.seconds >= badEventsMin;
}

/** Whether binary fractions decide; a promise beside the tested one may stand just there. */
export function isCloseCall(
  pair: AlertPair,
  steady: { burn: number; badPerSecond: number },
): boolean {
  const isClose = (value: number, bound: number) => Math.abs(value / bound - 1) < 1e-3;
  return (
    isClose(steady.burn, pair.factor) ||
    isClose(steady.badPerSecond * pair.long.seconds, badEventsMin)
  );
}

export const perSecond = (counter: EventCounter, traffic: Traffic): number =>
  counter.perGood * traffic.goodPerSecond + counter.perBad * traffic.badPerSecond;
