import { z } from 'zod';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns, MinuteState } from '../ledger/ledger.ts';
import { termsIn } from '../versions/promise-history.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveReader } from './reader.ts';

/** One minute of an objective, as the ledger has it. */
export const sliceSchema = z.object({
  at: z.iso.datetime(),
  good: z.number(),
  bad: z.number(),
  valid: z.number(),
  /** Fraction of the expected scrapes. */
  coverage: z.number(),
  /** `open` may still change with what is read late; `unknown` was never metered. */
  state: z.enum(['measured', 'unmeasured', 'excluded', 'open', 'unknown']),
  /** Whether it met the target then in force; null when nothing was measured or nothing happened. */
  kept: z.boolean().nullable(),
  /** True when it never happened; absent when it was measured. */
  simulated: z.literal(true).optional(),
  /** True when it was read as a sum of many series; absent when every sample was. */
  approximate: z.literal(true).optional(),
});
export type Slice = z.output<typeof sliceSchema>;

/** The minutes of a stretch, one by one; events of excluded ones are told all the same. */
export async function slicesOf(
  reader: Pick<ObjectiveReader, 'minutes' | 'leftOut' | 'history' | 'simulated' | 'approximate'>,
  { fromMinute, toMinute }: MinuteSpan,
  clock: MinuteClock,
): Promise<Slice[]> {
  const columns = await reader.minutes(fromMinute, toMinute);
  const { spans } = reader.leftOut(fromMinute, toMinute);
  return Array.from({ length: toMinute - fromMinute }, (_, index) => {
    const minute = fromMinute + index;
    const isOut = spans.some((span) => span.fromMinute <= minute && minute < span.toMinute);
    const { target } = termsIn(reader.history, minute);
    const span = { fromMinute: minute, toMinute: minute + 1 };
    return {
      ...sliceAt(columns, index, { isOut, at: clock.instant(minute), target }),
      ...(reader.simulated(span) && { simulated: true as const }),
      ...(reader.approximate(span) && { approximate: true as const }),
    };
  });
}

function sliceAt(
  columns: MinuteColumns,
  index: number,
  { isOut, at, target }: { readonly isOut: boolean; readonly at: string; readonly target: number },
): Slice {
  const valid = columns.valid[index] ?? 0;
  const bad = columns.bad[index] ?? 0;
  const coverage = columns.coverage[index] ?? 0;
  const known = stateName(columns.state[index]);
  const isJudged = valid > 0 && known !== 'unmeasured' && known !== 'unknown';
  const kept = isJudged ? (valid - bad) / valid >= target : null;
  return { at, good: valid - bad, bad, valid, coverage, state: isOut ? 'excluded' : known, kept };
}

const names: Readonly<Record<MinuteState, Slice['state']>> = {
  [minuteState.unknown]: 'unknown',
  [minuteState.measured]: 'measured',
  [minuteState.unmeasured]: 'unmeasured',
  [minuteState.excluded]: 'excluded',
  [minuteState.open]: 'open',
};

function stateName(state: number | undefined): Slice['state'] {
  const known = Object.values(minuteState).find((one) => one === state);
  return known === undefined ? 'unknown' : names[known];
}
