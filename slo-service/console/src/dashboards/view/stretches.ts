import type { Interval } from '../../place/range.ts';
import type { Series } from '../frame.ts';

/** A time for which a series kept its value; stretches without a value are left out. */
export interface Stretch extends Interval {
  readonly value: number;
}

/** Equal values that follow each other, as one; the last ends where the range does. */
export function stretchesOf(
  { values }: Pick<Series, 'values'>,
  at: readonly number[],
  { toMs }: Interval,
): readonly Stretch[] {
  const found: { fromMs: number; toMs: number; value: number }[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const fromMs = (at[index] ?? 0) * 1000;
    const endMs = Math.min(toMs, (at[index + 1] ?? toMs / 1000) * 1000);
    const last = found.at(-1);
    if (last?.value === value && last.toMs === fromMs) last.toMs = endMs;
    else if (endMs > fromMs) found.push({ fromMs, toMs: endMs, value });
  }
  return found;
}
