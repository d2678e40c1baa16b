import { minuteState, minutesPerDay } from './ledger.ts';
import type { MinuteEntry, WindowSum } from './ledger.ts';

/**
 * One objective's day, packed: three columns of 1440 Float64 (valid, bad, coverage) and one of
 * 1440 bytes (state), views of one buffer that is stored as it is, little-endian.
 */
export interface DayRow {
  readonly bytes: Uint8Array;
  readonly valid: Float64Array;
  readonly bad: Float64Array;
  readonly coverage: Float64Array;
  readonly state: Uint8Array;
}

const columnBytes = minutesPerDay * Float64Array.BYTES_PER_ELEMENT;
const rowBytes = 3 * columnBytes + minutesPerDay;

/** A day of which nothing is known, or a view of the day stored in `stored`. */
export function dayRow(stored?: Uint8Array): DayRow {
  const bytes = stored !== undefined && isAligned(stored) ? stored : copyOf(stored);
  const column = (index: number) =>
    new Float64Array(bytes.buffer, bytes.byteOffset + index * columnBytes, minutesPerDay);
  return {
    bytes,
    valid: column(0),
    bad: column(1),
    coverage: column(2),
    state: bytes.subarray(3 * columnBytes),
  };
}

const isAligned = ({ byteOffset, byteLength }: Uint8Array): boolean =>
  byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 && byteLength === rowBytes;

function copyOf(stored: Uint8Array | undefined): Uint8Array {
  const bytes = new Uint8Array(rowBytes);
  if (stored !== undefined) bytes.set(stored);
  return bytes;
}

/** Adds a final minute to its day. */
export function addEntry(row: DayRow, entry: MinuteEntry): void {
  const index = entry.minute % minutesPerDay;
  row.valid[index] = (row.valid[index] ?? 0) + entry.valid;
  row.bad[index] = (row.bad[index] ?? 0) + entry.bad;
  if (entry.coverage === null) return;
  row.coverage[index] = entry.coverage;
  row.state[index] = entry.state;
}

/** The roll-up of (a part of) a day, in a form that days can be added up from. */
export interface DaySum {
  valid: number;
  bad: number;
  covered: number;
  closed: number;
  /** The same from the first measured minute on; 0 without one. */
  coveredSinceFirst: number;
  closedSinceFirst: number;
  /** Minute of the first measured one, null without one. */
  firstMeasured: number | null;
}

/** Sums the minutes `[from, to)` of a day, given as minutes since the epoch. */
export function sumDay(row: DayRow, day: number, from: number, to: number): DaySum {
  const base = day * minutesPerDay;
  return sumColumns(row, base, Math.max(0, from - base), Math.min(to - base, minutesPerDay));
}

/**
 * Sums the indexes `[begin, end)` of columns whose index 0 is the minute `base`: what `addMinute`
 * does, in its order, so that both agree to the last digit, but without an object per minute.
 */
export function sumColumns(
  { valid, bad, coverage, state }: Pick<DayRow, 'valid' | 'bad' | 'coverage' | 'state'>,
  base: number,
  begin: number,
  end: number,
): DaySum {
  const sum = emptyDaySum();
  let firstMeasured = -1;
  for (let index = begin; index < end; index++) {
    const known = state[index];
    if (known === minuteState.excluded) continue;
    sum.valid += valid[index] ?? 0;
    sum.bad += bad[index] ?? 0;
    if (known !== minuteState.measured && known !== minuteState.unmeasured) continue;
    if (firstMeasured < 0 && known === minuteState.measured) firstMeasured = index;
    const covered = coverage[index] ?? 0;
    sum.covered += covered;
    sum.closed += 1;
    if (firstMeasured < 0) continue;
    sum.coveredSinceFirst += covered;
    sum.closedSinceFirst += 1;
  }
  if (firstMeasured >= 0) sum.firstMeasured = base + firstMeasured;
  return sum;
}

export const emptyDaySum = (): DaySum => ({
  valid: 0,
  bad: 0,
  covered: 0,
  closed: 0,
  coveredSinceFirst: 0,
  closedSinceFirst: 0,
  firstMeasured: null,
});

/** Adds one minute that follows all minutes summed so far. */
export function addMinute(sum: DaySum, entry: MinuteEntry): void {
  const { minute, valid, bad, coverage, state } = entry;
  if (state === minuteState.excluded) return;
  sum.valid += valid;
  sum.bad += bad;
  if (coverage === null || state === minuteState.unknown || state === minuteState.open) return;
  if (state === minuteState.measured) sum.firstMeasured ??= minute;
  sum.covered += coverage;
  sum.closed += 1;
  if (sum.firstMeasured === null) return;
  sum.coveredSinceFirst += coverage;
  sum.closedSinceFirst += 1;
}

/** Adds a stretch that follows all that was summed so far. */
export function addDay(sum: DaySum, next: Readonly<DaySum>): void {
  sum.valid += next.valid;
  sum.bad += next.bad;
  sum.covered += next.covered;
  sum.closed += next.closed;
  const started = sum.firstMeasured !== null;
  sum.coveredSinceFirst += started ? next.covered : next.coveredSinceFirst;
  sum.closedSinceFirst += started ? next.closed : next.closedSinceFirst;
  sum.firstMeasured ??= next.firstMeasured;
}

/** The part of a sum that readers of the ledger see. */
export const windowSumOf = (sum: DaySum): WindowSum => ({
  valid: sum.valid,
  bad: sum.bad,
  covered: sum.coveredSinceFirst,
  closed: sum.closedSinceFirst,
  firstMeasured: sum.firstMeasured,
});
