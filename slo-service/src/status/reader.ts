import { ledgerKey } from '@sprout/objectives';
import type { Exclusion } from '../exclusions/exclusion.ts';
import { joined, leftOut, minutesIn } from '../exclusions/left-out.ts';
import type { LeftOut, MinuteSpan } from '../exclusions/left-out.ts';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns, WindowSum } from '../ledger/ledger.ts';
import { declaredInMinutes } from '../versions/promise-history.ts';
import type { PromiseHistory } from '../versions/promise-history.ts';
import type { LedgerReader } from '../view/ledger-view.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveConfig } from './objective-config.ts';

/** One objective's part of the ledger, or one group's. Stretches are `[from, to)` in minutes. */
export interface ObjectiveReader {
  /** What was promised, and when. */
  readonly history: PromiseHistory;
  sum(fromMinute: number, toMinute: number): Promise<WindowSum>;
  minutes(fromMinute: number, toMinute: number): Promise<MinuteColumns>;
  /** What exclusions take out of a stretch. */
  leftOut(fromMinute: number, toMinute: number): LeftOut;
  /** The part of a stretch that was simulated; undefined when all of it was measured. */
  simulated(stretch: MinuteSpan): MinuteSpan | undefined;
  /** The part of a stretch that was read as sums of many series; undefined without any. */
  approximate(stretch: MinuteSpan): MinuteSpan | undefined;
  /** Whether some of a stretch is known by the hour only, because the past is still being read. */
  isCoarse(stretch: MinuteSpan): boolean;
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
  { ledger, exclusions, clock, historyOf, simulation, coarse, approximations }: ReaderParts,
  objective: ObjectiveConfig,
  group?: string,
): ObjectiveReader {
  const key = ledgerKey(objective.id, group);
  const sliceMinutes = objective.sli.slice?.minutes ?? 1;
  const leftOutOf = (fromMinute: number, toMinute: number) => {
    const stretch = { fromMinute, toMinute };
    const out = leftOut(exclusions(), objective.id, stretch, clock.minuteMs);
    return sliceMinutes === 1
      ? out
      : { ...out, spans: wholeSlices(out.spans, sliceMinutes, stretch) };
  };
  const minutes = (from: number, to: number) => ledger.minutes(key, from, to);
  return {
    history: historyOf?.(objective) ?? declaredInMinutes(objective, clock.minuteMs),
    sum: (from, to) => ledger.sum(key, from, to),
    minutes,
    leftOut: leftOutOf,
    simulated: (stretch) => overlap(stretch, simulation?.()),
    approximate: (stretch) => within(stretch, approximations?.(objective) ?? []),
    isCoarse: (stretch) => overlap(stretch, coarse?.()) !== undefined,
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
  readonly ledger: LedgerReader;
  exclusions(): readonly Exclusion[];
  readonly clock: MinuteClock;
  /** What is recorded of a promise; without it, what is declared. */
  historyOf?(objective: ObjectiveConfig): PromiseHistory;
  /** The minutes that never happened; without it there are none. */
  simulation?(): MinuteSpan | undefined;
  /** The minutes of which only hours are known yet; without it there are none. */
  coarse?(): MinuteSpan | undefined;
  /** Stretches in which an objective was read as sums, oldest first; without it there are none. */
  approximations?(objective: ObjectiveConfig): readonly MinuteSpan[];
}

/** What two stretches have in common; undefined when nothing. */
export function overlap(
  stretch: MinuteSpan,
  other: MinuteSpan | undefined,
): MinuteSpan | undefined {
  if (other === undefined) return undefined;
  const fromMinute = Math.max(stretch.fromMinute, other.fromMinute);
  const toMinute = Math.min(stretch.toMinute, other.toMinute);
  return fromMinute < toMinute ? { fromMinute, toMinute } : undefined;
}

/** From the first to the last minute that a stretch has in common with any of some others. */
function within(stretch: MinuteSpan, others: readonly MinuteSpan[]): MinuteSpan | undefined {
  const parts = others.flatMap((other) => overlap(stretch, other) ?? []);
  if (parts.length === 0) return undefined;
  return {
    fromMinute: Math.min(...parts.map(({ fromMinute }) => fromMinute)),
    toMinute: Math.max(...parts.map(({ toMinute }) => toMinute)),
  };
}

/** A slice that an exclusion touches is left out whole: what is left of it judges nothing. */
function wholeSlices(
  spans: readonly MinuteSpan[],
  minutes: number,
  { fromMinute, toMinute }: MinuteSpan,
): MinuteSpan[] {
  return joined(
    spans.map((span) => ({
      fromMinute: Math.max(fromMinute, Math.floor(span.fromMinute / minutes) * minutes),
      toMinute: Math.min(toMinute, Math.ceil(span.toMinute / minutes) * minutes),
    })),
  );
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
