import type { Exclusion } from '../exclusions/exclusion.ts';
import { leftOut, minutesIn } from '../exclusions/left-out.ts';
import type { LeftOut, MinuteSpan } from '../exclusions/left-out.ts';
import { minuteState } from '../ledger/ledger.ts';
import type { Ledger, MinuteColumns, WindowSum } from '../ledger/ledger.ts';
import type { MinuteClock } from './minute-clock.ts';

/** One objective's part of the ledger. Stretches are `[from, to)` in minutes. */
export interface ObjectiveReader {
  sum(fromMinute: number, toMinute: number): Promise<WindowSum>;
  minutes(fromMinute: number, toMinute: number): Promise<MinuteColumns>;
  /** What exclusions take out of a stretch. */
  leftOut(fromMinute: number, toMinute: number): LeftOut;
  /** A stretch's sum without what is excluded; undefined when nothing is. */
  adjust(stretch: MinuteSpan, raw: WindowSum): Promise<Adjustment | undefined>;
}

/** A sum without the excluded minutes. */
export interface Adjustment {
  readonly sum: WindowSum;
  readonly excludedMinutes: number;
  readonly exclusions: readonly string[];
}

/**
 * Reads an objective. Only the excluded minutes are read one by one and subtracted, so that an
 * adjusted window costs what is left out of it, not its length.
 */
export function readerOf(
  { ledger, exclusions, clock }: ReaderParts,
  objective: string,
): ObjectiveReader {
  const leftOutOf = (fromMinute: number, toMinute: number) =>
    leftOut(exclusions(), objective, { fromMinute, toMinute }, clock.minuteMs);
  const minutes = (from: number, to: number) => ledger.minutes(objective, from, to);
  return {
    sum: (from, to) => ledger.sum(objective, from, to),
    minutes,
    leftOut: leftOutOf,
    adjust: async ({ fromMinute, toMinute }, raw) => {
      const out = leftOutOf(fromMinute, toMinute);
      if (out.spans.length === 0) return undefined;
      let sum = raw;
      for (const span of out.spans) {
        sum = subtract(sum, await minutes(span.fromMinute, span.toMinute));
      }
      const excludedMinutes = minutesIn(out.spans);
      return { sum: settled(sum, raw), excludedMinutes, exclusions: out.exclusions };
    },
  };
}

/** What readers are made of. */
export interface ReaderParts {
  readonly ledger: Pick<Ledger, 'sum' | 'minutes'>;
  exclusions(): readonly Exclusion[];
  readonly clock: MinuteClock;
}

function subtract(sum: WindowSum, columns: MinuteColumns): WindowSum {
  let { valid, bad, covered, closed } = sum;
  const first = sum.firstMeasured ?? Infinity;
  for (const [index, state] of columns.state.entries()) {
    // The ledger's own exclusions are not part of the sum.
    if (state === minuteState.excluded) continue;
    valid -= columns.valid[index] ?? 0;
    bad -= columns.bad[index] ?? 0;
    const isClosed = state === minuteState.measured || state === minuteState.unmeasured;
    if (!isClosed || columns.fromMinute + index < first) continue;
    covered -= columns.coverage[index] ?? 0;
    closed -= 1;
  }
  return { ...sum, valid, bad, covered, closed };
}

/** Subtraction leaves noise of the last binary digits where nothing is left. */
function settled(sum: WindowSum, raw: WindowSum): WindowSum {
  const settle = (key: 'valid' | 'bad' | 'covered') =>
    sum[key] <= raw[key] * 1e-12 ? 0 : sum[key];
  return { ...sum, valid: settle('valid'), bad: settle('bad'), covered: settle('covered') };
}
