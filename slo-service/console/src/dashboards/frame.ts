import type { QueryModel } from '@sprout/grafana/model';
import { legendOf } from './fill.ts';
import type { Labels } from './fill.ts';

/** Series of all queries of a panel on one grid of time; a single moment for instant queries. */
export interface Frame {
  /** Seconds of the epoch, ascending. */
  readonly at: readonly number[];
  readonly series: readonly Series[];
}

export interface Series {
  /** Unique within a frame. */
  readonly key: string;
  /** Index of the query that it answers. */
  readonly query: number;
  readonly name: string;
  readonly labels: Labels;
  readonly values: readonly (number | null)[];
}

/** The answer of Prometheus, and of Loki for counted lines, as far as it is read. */
export interface MetricsAnswer {
  readonly data?: {
    readonly result?: readonly {
      readonly metric?: Labels;
      readonly value?: Sample;
      readonly values?: readonly Sample[];
    }[];
  };
}

type Sample = readonly [number, string];

/** Seconds of the grid that a range query is answered on. */
export function gridOf(fromMs: number, toMs: number, stepSeconds: number): number[] {
  const count = Math.floor((toMs - fromMs) / 1000 / stepSeconds) + 1;
  return Array.from({ length: count }, (_, index) => fromMs / 1000 + index * stepSeconds);
}

/** Series of the answers to a panel's queries; those without a number are left out. */
export function readFrame(
  queries: readonly QueryModel[],
  answers: readonly MetricsAnswer[],
  at: readonly number[],
): Frame {
  const series = answers.flatMap((answer, query) =>
    (answer.data?.result ?? []).map(({ metric = {}, value, values }, index) => ({
      key: `${query}.${index}`,
      query,
      name: legendOf(queries[query]?.legend ?? '', metric),
      labels: metric,
      values: value === undefined ? onGrid(values ?? [], at) : [numberOf(value[1])],
    })),
  );
  return { at, series: series.filter(({ values }) => values.some((one) => one !== null)) };
}

function onGrid(samples: readonly Sample[], at: readonly number[]): (number | null)[] {
  const values: (number | null)[] = at.map(() => null);
  const start = at[0] ?? 0;
  const step = (at[1] ?? start + 1) - start;
  for (const [seconds, text] of samples) {
    const index = Math.round((seconds - start) / step);
    if (index >= 0 && index < values.length) values[index] = numberOf(text);
  }
  return values;
}

/** NaN and infinities are not data. */
function numberOf(text: string): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}

/** The newest number of a series. */
export const lastOf = ({ values }: Series): number | null =>
  values.findLast((value) => value !== null) ?? null;
