import { allowedRatio, objectiveOfKey } from '@sprout/objectives';
import type { Composite, Slice } from '@sprout/objectives';
import { addDay, emptyDaySum, sumColumns, windowSumOf } from '../ledger/day-row.ts';
import type { DaySum } from '../ledger/day-row.ts';
import { minutesPerDay } from '../ledger/ledger.ts';
import type { Ledger, MinuteColumns } from '../ledger/ledger.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { termsIn } from '../versions/promise-history.ts';
import type { PromiseHistory } from '../versions/promise-history.ts';
import { combine } from './composites.ts';
import { dayMemo } from './day-memo.ts';
import { cut, judgeSlices } from './slices.ts';

/** The part of the ledger that figures are worked out from. Keys name an objective or a group. */
export type LedgerReader = Pick<Ledger, 'sum' | 'minutes'>;

/** What a view is made of. */
export interface ViewParts {
  readonly ledger: LedgerReader;
  readonly objectives: readonly ObjectiveConfig[];
  historyOf(objective: ObjectiveConfig): PromiseHistory;
  /** The minute that runs. */
  presentMinute(): number;
}

/**
 * The ledger as promises see it. Events are stored; time slices and composites are worked out from
 * their minutes when they are read, so that another rule, version or exclusion changes nothing
 * that is stored. Sums of whole days are remembered.
 */
export function ledgerView({
  ledger,
  objectives,
  historyOf,
  presentMinute,
}: ViewParts): LedgerReader {
  const byId = new Map(objectives.map((objective) => [objective.id, objective]));
  const memo = dayMemo();
  const minutes = async (key: string, from: number, to: number): Promise<MinuteColumns> => {
    const objective = byId.get(objectiveOfKey(key));
    const { slice, composite } = objective?.sli ?? {};
    if (objective !== undefined && slice !== undefined) {
      return sliced(key, objective, slice, from, to);
    }
    if (composite !== undefined) return composed(composite, from, to);
    return ledger.minutes(key, from, to);
  };
  const sliced = async (
    key: string,
    objective: ObjectiveConfig,
    slice: Slice,
    from: number,
    to: number,
  ) => {
    const begin = Math.floor(from / slice.minutes) * slice.minutes;
    const end = Math.ceil(to / slice.minutes) * slice.minutes;
    const history = historyOf(objective);
    const ratioAt = (minute: number) => termsIn(history, minute).goodRatioMin ?? slice.goodRatioMin;
    return cut(judgeSlices(await ledger.minutes(key, begin, end), slice, ratioAt), from, to);
  };
  const composed = async (composite: Composite, from: number, to: number) => {
    const members = await Promise.all(
      composite.of.map(async (id) => {
        const member = byId.get(id);
        return {
          columns: await minutes(id, from, to),
          allowedAt: member === undefined ? () => 1 : allowedIn(historyOf(member)),
        };
      }),
    );
    return combine(composite, members, from, to);
  };
  /** Keys of the ledger that a key is worked out from. */
  const stored = (key: string): string[] =>
    byId.get(objectiveOfKey(key))?.sli.composite?.of.flatMap(stored) ?? [key];
  /** A composite was measured before a minute when all that it is made of was. */
  const wasMeasured = async (key: string, before: number) => {
    const sums = await Promise.all(stored(key).map((one) => ledger.sum(one, 0, before)));
    return sums.every(({ firstMeasured }) => firstMeasured !== null);
  };
  const print = async (key: string, from: number, to: number) =>
    JSON.stringify(await Promise.all(stored(key).map((one) => ledger.sum(one, from, to))));
  return {
    minutes,
    sum: async (key, from, to) => {
      const { slice, composite } = byId.get(objectiveOfKey(key))?.sli ?? {};
      if (slice === undefined && composite === undefined) return ledger.sum(key, from, to);
      const total = emptyDaySum();
      if (from < to && (await wasMeasured(key, from))) total.firstMeasured = from;
      const settled = Math.min(to, presentMinute() - settledAfterMinutes);
      const firstDay = Math.ceil(from / minutesPerDay);
      const endDay = Math.max(firstDay, Math.floor(settled / minutesPerDay));
      if (endDay === firstDay) {
        addDay(total, summed(await minutes(key, from, to)));
        return windowSumOf(total);
      }
      const [begin, end] = [firstDay * minutesPerDay, endDay * minutesPerDay];
      if (from < begin) addDay(total, summed(await minutes(key, from, begin)));
      const days = { key, firstDay, endDay, print: (a: number, b: number) => print(key, a, b) };
      for (const day of await memo.daySums(days, async (a, b) =>
        summed(await minutes(key, a, b)),
      )) {
        addDay(total, day);
      }
      if (end < to) addDay(total, summed(await minutes(key, end, to)));
      return windowSumOf(total);
    },
  };
}

/** The fraction of events that may be bad, worked out once for each version of a promise. */
function allowedIn(history: PromiseHistory): (minute: number) => number {
  const byTerms = new Map(history.map((terms) => [terms, allowedRatio(terms.target)]));
  return (minute) => byTerms.get(termsIn(history, minute)) ?? 1;
}

/** Minutes after which late samples are no longer expected, so that a day can be remembered. */
const settledAfterMinutes = 60;

const summed = (columns: MinuteColumns): DaySum =>
  sumColumns(columns, columns.fromMinute, 0, columns.state.length);
