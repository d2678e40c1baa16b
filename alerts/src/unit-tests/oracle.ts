import { selects } from '@sprout/query';
import { badEventsMin } from '../objective-rules/burn-alert.ts';
import type { AlertPair, CompiledObjective } from '../objective-rules/pairs.ts';
import type { EventCounter } from './events.ts';

/** Events per second, all of one kind of test traffic. */
export interface Traffic {
  readonly goodPerSecond: number;
  readonly badPerSecond: number;
}

/**
 * The burn rate of an objective under steady traffic, computed from the declarations alone and
 * not from the rules; null when the traffic does not concern it. Slices are no steady traffic: the
 * rules of time slices are tested in objective-rules/slices.promtool.yml.
 */
export function steadyBurn(
  { sli, target }: CompiledObjective,
  counters: readonly EventCounter[],
  traffic: Traffic,
): { burn: number; badPerSecond: number } | null {
  if (sli.slice !== undefined) return null;
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
  const badPerSecond = sli.bad === undefined ? valid - total(sli.good ?? []) : total(sli.bad);
  return { burn: badPerSecond / valid / (1 - target), badPerSecond };
}

/** Whether steady traffic that has lasted longer than the long window fires a pair. */
export function fires(pair: AlertPair, steady: { burn: number; badPerSecond: number }): boolean {
  return steady.burn > pair.factor && steady.badPerSecond * pair.long.seconds >= badEventsMin;
}

export const perSecond = (counter: EventCounter, traffic: Traffic): number =>
  counter.perGood * traffic.goodPerSecond + counter.perBad * traffic.badPerSecond;
