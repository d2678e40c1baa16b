import { allowedRatio } from '@sprout/objectives';
import type { MinuteColumns } from '../ledger/ledger.ts';
import { minuteState } from '../ledger/ledger.ts';

/** What makes minutes an incident. */
export interface IncidentRule {
  /** A minute is bad when it spends at least this many times the allowed rate. */
  readonly factor: number;
  /** Bad minutes this far apart belong together. */
  readonly gapMinutes: number;
}

/** The rule when none is asked for; the factor lies between the two paging alerts. */
export const defaultRule: IncidentRule = { factor: 10, gapMinutes: 5 };

/** A stretch of bad minutes, `[from, to)`, with what happened in it. */
export interface BadStretch {
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Its minutes that are not excluded. */
  readonly minutes: number;
  readonly bad: number;
  readonly valid: number;
  readonly worstRatio: number;
}

/** However loose the promise: when half of the events fail, the minute is bad. */
const ratioAlwaysBad = 0.5;

/** The error ratio from which a minute is bad: factor · (1 − target), at most one half. */
export function badRatioMin({ factor }: IncidentRule, target: number): number {
  return Math.min(Number((factor * allowedRatio(target)).toPrecision(12)), ratioAlwaysBad);
}

/**
 * Contiguous bad stretches. Minutes without events neither begin nor end one: nobody was served
 * well in them, and nobody badly. Excluded minutes are not looked at.
 */
export function badStretches(
  columns: MinuteColumns,
  targetAt: (minute: number) => number,
  rule: IncidentRule,
): BadStretch[] {
  const found: BadStretch[] = [];
  for (const [index, state] of columns.state.entries()) {
    const valid = columns.valid[index] ?? 0;
    const bad = Math.min(columns.bad[index] ?? 0, valid);
    if (state === minuteState.excluded || valid <= 0) continue;
    const minute = columns.fromMinute + index;
    if (bad / valid < badRatioMin(rule, targetAt(minute))) continue;
    const last = found.at(-1);
    const isNear = last !== undefined && minute - last.toMinute <= rule.gapMinutes;
    if (isNear) found[found.length - 1] = extended(last, minute + 1, columns);
    else
      found.push(
        extended({ ...nothing, fromMinute: minute, toMinute: minute }, minute + 1, columns),
      );
  }
  return found;
}

const nothing = { minutes: 0, bad: 0, valid: 0, worstRatio: 0 };

/** A stretch up to `toMinute`, with the events of the gap and of its new bad minute. */
function extended(stretch: BadStretch, toMinute: number, columns: MinuteColumns): BadStretch {
  let { minutes, bad, valid, worstRatio } = stretch;
  for (let minute = stretch.toMinute; minute < toMinute; minute++) {
    const index = minute - columns.fromMinute;
    if (columns.state[index] === minuteState.excluded) continue;
    minutes += 1;
    const validHere = columns.valid[index] ?? 0;
    const badHere = Math.min(Math.max(0, columns.bad[index] ?? 0), validHere);
    bad += badHere;
    valid += validHere;
    if (validHere > 0) worstRatio = Math.max(worstRatio, badHere / validHere);
  }
  return { fromMinute: stretch.fromMinute, toMinute, minutes, bad, valid, worstRatio };
}
