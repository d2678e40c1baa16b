import type { DayRow, DaySum } from './day-row.ts';

/** Roll-ups that are remembered, about 150 bytes each; past it the objective read least recently goes. */
export const daySumsRememberedMax = 400_000;

/** Days whose minutes are remembered, 36 kB each; past it the one read least recently goes. */
export const dayRowsRememberedMax = 256;

/** A day and its roll-up. */
export interface SummedDay {
  readonly day: number;
  readonly sum: Readonly<DaySum>;
}

/** What a ledger that one process writes has read or written lately, as it is stored. */
export interface DayMemory {
  /** All stored days of an objective, in order. */
  sumsOf(objective: string): readonly SummedDay[];
  /** The minutes of a stored day; they are not to be changed. */
  rowOf(objective: string, day: number): DayRow;
  /** Takes in a day that was written. */
  written(objective: string, written: SummedDay): void;
  clear(): void;
}

/** Where days are read that are not remembered. */
export interface DaySource {
  readSums(objective: string): SummedDay[];
  readRow(objective: string, day: number): DayRow;
}

/** An empty memory. */
export function dayMemory(
  stored: DaySource,
  { sumsMax, rowsMax } = { sumsMax: daySumsRememberedMax, rowsMax: dayRowsRememberedMax },
): DayMemory {
  const sums = new Map<string, SummedDay[]>();
  const rows = new Map<string, DayRow>();
  let days = 0;
  const forgetOldest = () => {
    for (const [objective, known] of sums) {
      if (days <= sumsMax || sums.size === 1) return;
      sums.delete(objective);
      days -= known.length;
    }
  };
  return {
    sumsOf: (objective) => {
      const known = sums.get(objective);
      const found = known ?? stored.readSums(objective);
      keepLast(sums, objective, found);
      if (known === undefined) days += found.length;
      forgetOldest();
      return found;
    },
    rowOf: (objective, day) => {
      const key = rowKey(objective, day);
      const row = rows.get(key) ?? stored.readRow(objective, day);
      keepLast(rows, key, row);
      for (const oldest of rows.keys()) {
        if (rows.size <= rowsMax) break;
        rows.delete(oldest);
      }
      return row;
    },
    written: (objective, { day, sum }) => {
      rows.delete(rowKey(objective, day));
      const known = sums.get(objective);
      if (known !== undefined) days += put(known, { day, sum });
    },
    clear: () => {
      sums.clear();
      rows.clear();
      days = 0;
    },
  };
}

const rowKey = (objective: string, day: number): string => `${day} ${objective}`;

/** A map keeps the order of insertion. */
function keepLast<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
}

/** Puts a day in its place; answers by how many days there are more. */
function put(days: SummedDay[], written: SummedDay): number {
  let at = days.length;
  while (at > 0 && (days[at - 1]?.day ?? 0) > written.day) at -= 1;
  const isKnown = days[at - 1]?.day === written.day;
  days.splice(isKnown ? at - 1 : at, isKnown ? 1 : 0, written);
  return isKnown ? 0 : 1;
}
