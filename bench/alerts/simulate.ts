import type { SimulatedPair } from './rule-set.ts';

/** Events of each minute, oldest first. */
export interface Counts {
  readonly valid: Float64Array;
  readonly bad: Float64Array;
}

/** Sums of events up to each minute: `valid[m]` counts the minutes before `m`. */
export interface Totals {
  readonly minutes: number;
  readonly valid: Float64Array;
  readonly bad: Float64Array;
  /** Sums of the 5-minute counts at each minute. */
  readonly validOf5: Float64Array;
  readonly badOf5: Float64Array;
  /** How often the 5-minute counts are recorded. */
  readonly recordedEveryMinutes: number;
}

/** Totals of counts, from which any window is one subtraction. */
export function totalsOf(counts: Counts, recordedEveryMinutes = 1): Totals {
  const valid = cumulated(counts.valid);
  const bad = cumulated(counts.bad);
  return {
    minutes: counts.valid.length,
    valid,
    bad,
    validOf5: cumulated(lastFive(valid, recordedEveryMinutes)),
    badOf5: cumulated(lastFive(bad, recordedEveryMinutes)),
    recordedEveryMinutes,
  };
}

/**
 * Whether any of the pairs fires, at the end of each minute: what Prometheus evaluates when it
 * scrapes and evaluates at whole minutes. Rates need two samples, so minute 0 has none.
 */
export function firing(totals: Totals, pairs: readonly SimulatedPair[]): Uint8Array {
  const fires = new Uint8Array(totals.minutes + 1);
  for (const pair of pairs) addFiring(fires, totals, pair);
  return fires;
}

function addFiring(fires: Uint8Array, totals: Totals, pair: SimulatedPair): void {
  const { everyMinutes, forMinutes } = pair;
  const isMet = conditionOf(totals, pair);
  let pendingSince = -1;
  for (let minute = everyMinutes; minute < fires.length; minute += everyMinutes) {
    if (!isMet(minute)) {
      pendingSince = -1;
      continue;
    }
    if (pendingSince < 0) pendingSince = minute;
    // An alert fires until the next evaluation says otherwise.
    if (minute - pendingSince >= forMinutes) fires.fill(1, minute, minute + everyMinutes);
  }
}

function conditionOf(totals: Totals, pair: SimulatedPair): (minute: number) => boolean {
  const { ratioAbove, longMinutes, shortMinutes, badEventsMin, averages, needsHistory } = pair;
  const [longValid, longBad] = window(totals, longMinutes, averages);
  const [shortValid, shortBad] = window(totals, shortMinutes, averages);
  return (minute) => {
    const bad = shortBad(minute);
    if (bad === 0 || bad / shortValid(minute) <= ratioAbove) return false;
    const inLong = longBad(minute);
    if (inLong / longValid(minute) <= ratioAbove || inLong < badEventsMin) return false;
    return !needsHistory || minute - longMinutes >= totals.recordedEveryMinutes;
  };
}

/** Valid and bad events of a window that ends at a minute. */
function window(totals: Totals, minutes: number, averages: boolean): readonly [valid: At, bad: At] {
  if (!averages || minutes <= 60)
    return [inLast(totals.valid, minutes), inLast(totals.bad, minutes)];
  const every = totals.recordedEveryMinutes;
  return [averaged(totals.validOf5, minutes, every), averaged(totals.badOf5, minutes, every)];
}

type At = (minute: number) => number;

const inLast =
  (total: Float64Array, minutes: number): At =>
  (minute) =>
    (total[minute] ?? 0) - (total[Math.max(0, minute - minutes)] ?? 0);

/** The mean of the 5-minute counts recorded in the window, both ends among them. */
const averaged =
  (totalOf5: Float64Array, minutes: number, every: number): At =>
  (minute) => {
    const from = Math.max(1, minute - minutes);
    const sum = (totalOf5[minute + 1] ?? 0) - (totalOf5[from] ?? 0);
    const recorded = Math.floor(minute / every) - Math.ceil(from / every) + 1;
    return ((sum / recorded) * minutes) / 5;
  };

function cumulated(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let at = 0; at < values.length; at++) sums[at + 1] = (sums[at] ?? 0) + (values[at] ?? 0);
  return sums;
}

function lastFive(total: Float64Array, everyMinutes: number): Float64Array {
  return total.map((sum, minute) =>
    minute % everyMinutes === 0 ? sum - (total[Math.max(0, minute - 5)] ?? 0) : 0,
  );
}
