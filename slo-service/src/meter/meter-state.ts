import { z } from 'zod';

/** The last accepted sample of a counter series. */
export interface SeriesState {
  /** Unix milliseconds. */
  readonly timeMs: number;
  readonly value: number;
  /** Start of the process that showed the sample, Unix seconds; null when it shows none. */
  readonly startSeconds: number | null;
  /** Samples quarantined since. */
  readonly quarantined: number;
}

/** What is known of a scraped target. */
export interface TargetState {
  readonly lastUpMs: number | null;
  readonly startSeconds: number | null;
}

/** Series of one selection, and since when the selection is metered. */
export interface SelectionState {
  sinceMs: number;
  series: Map<string, SeriesState>;
}

/** Everything the meter must remember at a point in time, to go on from there. */
export interface MeterState {
  /** Samples before this time have been taken in. */
  frontierMs: number;
  selections: Map<string, SelectionState>;
  targets: Map<string, TargetState>;
}

/** The state of a meter that starts to read at a time. */
export const emptyMeterState = (frontierMs: number): MeterState => ({
  frontierMs,
  selections: new Map(),
  targets: new Map(),
});

/** A copy that can be changed without changing the original; what never changes is shared. */
export function copyMeterState(state: MeterState): MeterState {
  return {
    frontierMs: state.frontierMs,
    targets: new Map(state.targets),
    selections: new Map(
      Array.from(state.selections, ([key, { sinceMs, series }]) => [
        key,
        { sinceMs, series: new Map(series) },
      ]),
    ),
  };
}

/** Text that the ledger keeps beside the minutes it belongs to. */
export function encodeMeterState(state: MeterState): string {
  return JSON.stringify({
    frontierMs: state.frontierMs,
    targets: [...state.targets],
    selections: Array.from(state.selections, ([key, { sinceMs, series }]) => [
      key,
      { sinceMs, series: [...series] },
    ]),
  });
}

/** Reads {@link encodeMeterState}'s text; throws ZodError on anything else. */
export function decodeMeterState(text: string): MeterState {
  const { frontierMs, targets, selections } = stateSchema.parse(JSON.parse(text));
  return {
    frontierMs,
    targets: new Map(targets),
    selections: new Map(
      selections.map(([key, { sinceMs, series }]) => [key, { sinceMs, series: new Map(series) }]),
    ),
  };
}

const startSeconds = z.number().nullable();
const seriesSchema = z.object({
  timeMs: z.number(),
  value: z.number(),
  startSeconds,
  quarantined: z.number(),
});
const stateSchema = z.object({
  frontierMs: z.number(),
  targets: z.array(
    z.tuple([z.string(), z.object({ lastUpMs: z.number().nullable(), startSeconds })]),
  ),
  selections: z.array(
    z.tuple([
      z.string(),
      z.object({ sinceMs: z.number(), series: z.array(z.tuple([z.string(), seriesSchema])) }),
    ]),
  ),
});
