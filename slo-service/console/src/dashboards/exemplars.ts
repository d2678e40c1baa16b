import type { Point } from '../chart/chart-model.ts';
import type { Interval } from '../place/range.ts';

/** The answer of Prometheus about exemplars, as far as it is read. */
export interface ExemplarsAnswer {
  readonly data?: readonly {
    readonly exemplars?: readonly {
      readonly labels?: Readonly<Record<string, string>>;
      readonly value: string;
      readonly timestamp: number;
    }[];
  }[];
}

/** More points than this hide the lines and each other. */
export const pointsMax = 40;

/** The highest observation with a trace in each stretch of an interval, oldest first. */
export function readExemplars(
  answers: readonly ExemplarsAnswer[],
  { fromMs, toMs }: Interval,
): Omit<Point, 'label'>[] {
  const all = answers
    .flatMap(({ data = [] }) => data.flatMap(({ exemplars = [] }) => exemplars))
    .flatMap(({ labels, value, timestamp }) => {
      const traceId = labels?.['trace_id'] ?? '';
      const point = { atMs: timestamp * 1000, value: Number(value), traceId };
      const isShown = point.atMs >= fromMs && point.atMs <= toMs && Number.isFinite(point.value);
      return isShown && traceId !== '' ? [point] : [];
    });
  const stretchMs = (toMs - fromMs) / pointsMax;
  const stretches = Map.groupBy(all, ({ atMs }) => Math.floor((atMs - fromMs) / stretchMs));
  return [...stretches.values()]
    .map((points) => points.reduce((high, point) => (point.value > high.value ? point : high)))
    .toSorted((a, b) => a.atMs - b.atMs)
    .slice(-pointsMax);
}
