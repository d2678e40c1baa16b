import type { AnnotationModel } from '@sprout/grafana/model';
import type { Mark } from '../chart/chart-model.ts';
import type { Interval } from '../place/range.ts';
import type { Frame, Series } from './frame.ts';

/** More would hide the lines. */
const marksMax = 30;

/** Moments within the interval that the answers to annotations tell of, the newest ones. */
export function marksOf(
  annotations: readonly AnnotationModel[],
  { at, series }: Frame,
  interval: Interval,
): readonly Mark[] {
  const stepMs = ((at[1] ?? 0) - (at[0] ?? 0)) * 1000;
  return series
    .flatMap((one) => {
      const isValue = annotations[one.query]?.at === 'value';
      const moments = isValue ? told(one, stepMs) : beginnings(one, at);
      return moments.map((atMs) => ({ atMs, label: one.name.trim() }));
    })
    .filter(({ atMs }) => atMs >= interval.fromMs && atMs <= interval.toMs)
    .toSorted((a, b) => a.atMs - b.atMs)
    .slice(-marksMax);
}

/** Moments that a series holds; those less than a step apart are one, told a little otherwise. */
function told({ values }: Series, stepMs: number): number[] {
  const moments: number[] = [];
  for (const value of values) {
    const last = moments.at(-1);
    if (value !== null && (last === undefined || value > last + stepMs)) moments.push(value);
  }
  return moments;
}

/** Where a series has a value and had none before. */
const beginnings = ({ values }: Series, at: Frame['at']): number[] =>
  values.flatMap((value, index) =>
    value !== null && (index === 0 || values[index - 1] === null) ? [(at[index] ?? 0) * 1000] : [],
  );
