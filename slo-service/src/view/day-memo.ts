import type { DaySum } from '../ledger/day-row.ts';
import { minutesPerDay } from '../ledger/ledger.ts';

/** Days of all objectives that are remembered; past it, all are forgotten. */
export const daysRememberedMax = 200_000;

/** The days `[firstDay, endDay)` of a key. */
export interface DaySpan {
  readonly key: string;
  readonly firstDay: number;
  readonly endDay: number;
  /** What the ledger sums up over minutes: another sum means that the days have changed. */
  print(fromMinute: number, toMinute: number): Promise<string>;
}

/** Remembers sums of whole days that are dear to work out. */
export interface DayMemo {
  daySums(
    span: DaySpan,
    compute: (fromMinute: number, toMinute: number) => Promise<DaySum>,
  ): Promise<readonly DaySum[]>;
}

/**
 * A memo that asks the ledger once whether a span of days is as it was, and day by day only when
 * it is not: late samples and backfills are seen, wherever they come from.
 */
export function dayMemo(): DayMemo {
  const days = new Map<string, { readonly print: string; readonly sum: DaySum }>();
  const spans = new Map<string, { readonly print: string; readonly sums: readonly DaySum[] }>();
  return {
    daySums: async ({ key, firstDay, endDay, print }, compute) => {
      const name = `${key} ${firstDay} ${endDay}`;
      const whole = await print(firstDay * minutesPerDay, endDay * minutesPerDay);
      const known = spans.get(name);
      if (known?.print === whole) return known.sums;
      const sums: DaySum[] = [];
      for (let day = firstDay; day < endDay; day++) {
        const [from, to] = [day * minutesPerDay, (day + 1) * minutesPerDay];
        const now = await print(from, to);
        const remembered = days.get(`${key} ${day}`);
        const sum = remembered?.print === now ? remembered.sum : await compute(from, to);
        if (days.size >= daysRememberedMax) days.clear();
        days.set(`${key} ${day}`, { print: now, sum });
        sums.push(sum);
      }
      if (spans.size >= spansRememberedMax) spans.clear();
      spans.set(name, { print: whole, sums });
      return sums;
    },
  };
}

const spansRememberedMax = 20_000;
