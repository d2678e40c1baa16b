import { declaredHistory, goodWithin } from '@sprout/objectives';
import type { DatedTerms, Terms } from '@sprout/objectives';
import type { ObjectiveConfig } from '../status/objective-config.ts';

/** Terms in force from a ledger minute on; the first entry of a history reaches back for ever. */
export interface TermsFrom extends Terms {
  readonly fromMinute: number;
}

/** Everything that was promised, oldest first, never empty. */
export type PromiseHistory = readonly [TermsFrom, ...TermsFrom[]];

/** A stretch of the ledger with the terms in force in it. */
export interface TermsSpan {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly terms: Terms;
}

/** A history by ledger minutes: terms begin with the first minute that is wholly theirs. */
export function historyInMinutes(history: readonly DatedTerms[], minuteMs: number): PromiseHistory {
  const [first, ...later] = history.map(({ fromMs, ...terms }) => ({
    ...terms,
    fromMinute: fromMs === null ? -Infinity : Math.ceil(fromMs / minuteMs),
  }));
  if (first === undefined) throw new RangeError('a history has at least one entry');
  return [{ ...first, fromMinute: -Infinity }, ...later];
}

/** What an objective declares, without what was recorded of it. */
export function declaredInMinutes(objective: ObjectiveConfig, minuteMs: number): PromiseHistory {
  return historyInMinutes(declaredHistory(objective), minuteMs);
}

/** The same terms at all times. */
export const always = (terms: Terms): PromiseHistory => [{ ...terms, fromMinute: -Infinity }];

/** The terms in force in a minute. */
export function termsIn(history: PromiseHistory, minute: number): TermsFrom {
  return history.findLast(({ fromMinute }) => fromMinute <= minute) ?? history[0];
}

/** What an objective counted in a minute: good events by the latency threshold then in force. */
export function sliAt({ sli }: ObjectiveConfig, history: PromiseHistory, minute: number) {
  const { thresholdSeconds } = termsIn(history, minute);
  if (sli.good === undefined || thresholdSeconds === null) return sli;
  return { ...sli, good: goodWithin(sli.good, thresholdSeconds), thresholdSeconds };
}

/** A stretch cut where the promise changed; at least one span, in order. */
export function termsSpans(
  history: PromiseHistory,
  { fromMinute, toMinute }: { readonly fromMinute: number; readonly toMinute: number },
): TermsSpan[] {
  const cuts = history
    .map((terms) => terms.fromMinute)
    .filter((minute) => minute > fromMinute && minute < toMinute);
  const begins = [fromMinute, ...cuts];
  return begins.map((begin, index) => ({
    fromMinute: begin,
    toMinute: begins[index + 1] ?? toMinute,
    terms: termsIn(history, begin),
  }));
}

/** Latency thresholds in force since an instant, oldest first, by the clock on the wall. */
export function thresholdsSince(
  sinceMs: number,
  history: PromiseHistory,
  { minuteMs }: { readonly minuteMs: number },
): { readonly fromMs: number; readonly thresholdSeconds: number | null }[] {
  return history
    .map(({ fromMinute, thresholdSeconds }) => ({
      fromMs: fromMinute * minuteMs,
      thresholdSeconds,
    }))
    .filter((_, index, all) => (all[index + 1]?.fromMs ?? Infinity) > sinceMs);
}
