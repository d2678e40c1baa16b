import { badEventsMin } from '@sprout/objectives';
import type { BurnAlert } from '@sprout/objectives';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';
import { burnRateOf } from '../status/window.ts';

/** When one burn-rate alert fires, in ledger minutes. */
export interface WatchedPair extends Pick<BurnAlert, 'factor' | 'needsHistory'> {
  readonly longMinutes: number;
  readonly shortMinutes: number;
}

/** The minutes that alerts are judged by, those before the range among them. */
export interface WatchedMinutes {
  readonly columns: MinuteColumns;
  targetAt(minute: number): number;
  /** What one bad event weighs against `badEventsMin`: 1, or the seconds of a minute of slices. */
  readonly badWeight: number;
}

/** A stretch in which an alert fires. */
export interface Firing {
  /** The first end of a minute at which it fires. */
  readonly fromMinute: number;
  /** The first at which it does not; the end of the range when `goesOn`. */
  readonly toMinute: number;
  readonly goesOn: boolean;
  /** Highest burn rate over the long window: what the alert shows. */
  readonly worstBurnRate: number;
  /** Minutes within it that were not measured. */
  readonly unmeasuredMinutes: number;
}

/**
 * When an alert fires in a range, judged at the end of each minute by the condition that its rule
 * has: both windows burn faster than the factor, at least `badEventsMin` bad events stand in the
 * long one, and the slower pairs were measured a long window ago. A minute that was not measured
 * neither begins nor ends anything: nobody could look then.
 */
export function firings(
  { columns, targetAt, badWeight }: WatchedMinutes,
  pair: WatchedPair,
  range: MinuteSpan,
): Firing[] {
  const events = eventsIn(columns);
  const found: Firing[] = [];
  let goingOn: Firing | undefined;
  for (let end = range.fromMinute; end <= range.toMinute; end++) {
    if (!isSeen(columns, end - 1)) {
      if (goingOn) goingOn = { ...goingOn, unmeasuredMinutes: goingOn.unmeasuredMinutes + 1 };
      continue;
    }
    const burnRate = firingBurnRate(events, pair, end, targetAt(end - 1), badWeight);
    if (burnRate !== undefined) goingOn = longer(goingOn, end, burnRate);
    else if (goingOn) {
      found.push({ ...goingOn, toMinute: end, goesOn: false });
      goingOn = undefined;
    }
  }
  return goingOn ? [...found, { ...goingOn, toMinute: range.toMinute, goesOn: true }] : found;
}

function longer(before: Firing | undefined, end: number, burnRate: number): Firing {
  const began = before ?? { fromMinute: end, goesOn: true, worstBurnRate: 0, unmeasuredMinutes: 0 };
  return { ...began, toMinute: end, worstBurnRate: Math.max(began.worstBurnRate, burnRate) };
}

/** The burn rate over the long window when the alert fires at the end of a minute. */
function firingBurnRate(
  events: Events,
  { factor, needsHistory, longMinutes, shortMinutes }: WatchedPair,
  end: number,
  target: number,
  badWeight: number,
): number | undefined {
  const long = events(end - longMinutes, end);
  if (long.bad * badWeight < badEventsMin) return undefined;
  const burnRate = burnRateOf(long, target);
  if (burnRate === null || burnRate <= factor) return undefined;
  if ((burnRateOf(events(end - shortMinutes, end), target) ?? 0) <= factor) return undefined;
  const before = end - longMinutes;
  if (needsHistory && events(before - shortMinutes, before).measured === 0) return undefined;
  return burnRate;
}

const isSeen = ({ state, fromMinute }: MinuteColumns, minute: number): boolean => {
  const known = state[minute - fromMinute];
  return known === minuteState.measured || known === minuteState.open;
};

/** Events and measured minutes of `[from, to)`; nothing is known of before the columns. */
type Events = (from: number, to: number) => { valid: number; bad: number; measured: number };

/** Sums up to each minute, from which any window is one subtraction. */
function eventsIn({ fromMinute, valid, bad, state }: MinuteColumns): Events {
  const empty = () => new Float64Array(state.length + 1);
  const [ofValid, ofBad, ofMeasured] = [empty(), empty(), empty()];
  for (const [index, known] of state.entries()) {
    const counts = known !== minuteState.excluded;
    ofValid[index + 1] = (ofValid[index] ?? 0) + (counts ? (valid[index] ?? 0) : 0);
    ofBad[index + 1] = (ofBad[index] ?? 0) + (counts ? (bad[index] ?? 0) : 0);
    ofMeasured[index + 1] = (ofMeasured[index] ?? 0) + Number(known === minuteState.measured);
  }
  const place = (minute: number) => Math.min(Math.max(0, minute - fromMinute), state.length);
  const between = (sum: Float64Array, from: number, to: number) =>
    (sum[place(to)] ?? 0) - (sum[place(from)] ?? 0);
  return (from, to) => ({
    valid: between(ofValid, from, to),
    bad: between(ofBad, from, to),
    measured: between(ofMeasured, from, to),
  });
}
