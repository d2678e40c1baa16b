import assert from 'node:assert/strict';
import { addEntry } from './day-row.ts';
import type { DayRow } from './day-row.ts';
import { minutesPerDay } from './ledger.ts';
import type { LedgerBatch, ObjectiveMinutes } from './ledger.ts';

/** One objective's day as it reads after a change. */
export interface ChangedDay {
  readonly objective: string;
  readonly day: number;
  readonly row: DayRow;
}

/** What a batch makes of the stored ledger; applying it twice is applying it once. */
export interface LedgerChange {
  readonly days: readonly ChangedDay[];
  /** All provisional minutes there are from now on. */
  readonly provisional: readonly ObjectiveMinutes[];
  readonly checkpoint?: string;
  /** Counts the changes of the ledger. */
  readonly revision: number;
}

/** Adds a batch's final minutes to the days they belong to. */
export function changeOf(
  { final, provisional, checkpoint }: LedgerBatch,
  revision: number,
  readDay: (objective: string, day: number) => DayRow,
): LedgerChange {
  const days = new Map<string, ChangedDay>();
  const changedDay = (objective: string, day: number): ChangedDay => {
    const key = `${day} ${objective}`;
    const changed = days.get(key) ?? { objective, day, row: readDay(objective, day) };
    days.set(key, changed);
    return changed;
  };
  for (const { objective, minutes } of final) {
    let changed: ChangedDay | undefined;
    for (const entry of minutes) {
      const { minute } = entry;
      if (!Number.isSafeInteger(minute)) assert.fail(`${objective}: ${minute} is no minute`);
      const day = dayOf(minute);
      // Minutes of a day follow each other.
      if (changed?.day !== day) changed = changedDay(objective, day);
      addEntry(changed.row, entry);
    }
  }
  const more = checkpoint === undefined ? {} : { checkpoint };
  return { days: [...days.values()], provisional, revision, ...more };
}

/** The UTC day of a minute. */
export const dayOf = (minute: number): number => Math.floor(minute / minutesPerDay);
