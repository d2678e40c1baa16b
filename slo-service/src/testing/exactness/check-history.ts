import { calendar, calendarUnits } from '@sprout/objectives';
import type { Ledger } from '../../ledger/ledger.ts';
import { ledgerWindow } from '../../status/window.ts';
import { meteredHistory, rules } from '../metered-history.ts';
import { oracle } from '../oracle.ts';
import type { OracleMinutes } from '../oracle.ts';
import { randomFrom, randomHistory } from '../random-history.ts';
import type { HistoryShape } from '../random-history.ts';
import { calendarWalk } from './calendar-oracle.ts';
import { midnights } from './midnights.ts';
import type { Midnight } from './midnights.ts';

/** Two figures of which one is right. */
export interface Comparison {
  readonly what: string;
  readonly metered: number;
  readonly expected: number;
}

/**
 * Meters one random history across a midnight of some zone, and compares every minute and the
 * calendar windows that end at some of them with what brute force finds.
 */
export async function checkHistory(seed: number, shape: HistoryShape): Promise<Comparison[]> {
  const history = randomHistory(seed, shape);
  const minutes = Math.ceil((shape.scrapes * 15) / 60) + 2;
  const { midnight, epochMs } = placeOf(seed, minutes);
  const expected = oracle(history, minutes, -rules.lookBackMs / 1000);
  const ledger = await meteredHistory(history, { epochMs, minutes, seed });
  const compared = [
    ...(await compareMinutes(ledger, epochMs, expected)),
    ...(await compareWindows(ledger, epochMs, expected, midnight)),
  ];
  await ledger.close();
  return compared;
}

/** How far apart two figures are, relative to the right one; counts below one are as one. */
export const relativeError = ({ metered, expected }: Comparison): number =>
  Math.abs(metered - expected) / Math.max(1, Math.abs(expected));

/** The epoch, in whole minutes, so that the midnight falls into the history. */
function placeOf(seed: number, minutes: number): { midnight: Midnight; epochMs: number } {
  const random = randomFrom(seed ^ 0xca1e);
  const midnight = midnights[Math.floor(random() * midnights.length)];
  if (midnight === undefined) throw new Error('there are no midnights');
  return { midnight, epochMs: Date.parse(midnight.at) - Math.floor(random() * minutes) * 60_000 };
}

async function compareMinutes(
  ledger: Ledger,
  epochMs: number,
  expected: OracleMinutes,
): Promise<Comparison[]> {
  const from = epochMs / 60_000;
  const columns = await ledger.minutes('case', from, from + expected.valid.length);
  return (['valid', 'bad', 'coverage'] as const).flatMap((what) =>
    expected[what].map((value, minute) => ({
      what: `${what} in minute ${minute}`,
      metered: columns[what][minute] ?? Number.NaN,
      expected: value,
    })),
  );
}

/** Minutes before the epoch, to which newborn series spread what they show, count too. */
async function compareWindows(
  ledger: Ledger,
  epochMs: number,
  { valid, bad }: OracleMinutes,
  { zone, what }: Midnight,
): Promise<Comparison[]> {
  const from = epochMs / 60_000;
  const ends = [1, Math.ceil(valid.length / 2), valid.length];
  const compared: Comparison[] = [];
  const minutesMs = Array.from(
    { length: valid.length + before },
    (_, index) => epochMs + (index - before) * 60_000,
  );
  const walk = calendarWalk(zone, minutesMs);
  for (const unit of calendarUnits) {
    const periodAt = walk(unit);
    for (const end of ends) {
      const window = ledgerWindow(calendar(unit, zone), from + end);
      const sum = await ledger.sum('case', Math.max(window.fromMinute, from), window.toMinute);
      const inPeriod = periodAt(end + before).slice(before);
      const sumOf = (column: readonly number[]) =>
        column.reduce((total, value, minute) => total + (inPeriod[minute] ? value : 0), 0);
      const at = `of ${window.name} up to minute ${end} (${what})`;
      compared.push({ what: `valid ${at}`, metered: sum.valid, expected: sumOf(valid) });
      compared.push({ what: `bad ${at}`, metered: sum.bad, expected: sumOf(bad) });
    }
  }
  return compared;
}

/** The walk begins so many minutes early, lest a date that comes twice begins a period. */
const before = 150;
