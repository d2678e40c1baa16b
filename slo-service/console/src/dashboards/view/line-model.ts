import type { PanelModel } from '@sprout/grafana/model';
import type { ChartModel, Point } from '../../chart/chart-model.ts';
import { chooseRange } from '../../widget/range-bar.tsx';
import type { BoardState } from '../board-state.ts';
import { lineToken } from '../colour.ts';
import type { Frame } from '../frame.ts';
import { formatUnit } from '../unit.ts';

/** The chart of a panel over time. */
export function lineModel(
  panel: PanelModel,
  frame: Frame,
  { interval, marks }: Pick<BoardState, 'interval' | 'marks'>,
  height: number,
  points: readonly Point[] = [],
): ChartModel {
  const { stacked = false, unit } = panel;
  const rows = frame.series.map(({ values }) => values);
  const drawn = stacked ? sumsOf(rows) : rows;
  const alone = frame.series.length === 1;
  const yRange = rangeOf(panel, [...drawn, points.map(({ value }) => value)]);
  return {
    height,
    syncKey: 'board',
    interval,
    at: frame.at,
    lines: frame.series.map(({ name }, index) => ({
      label: name,
      values: drawn[index] ?? [],
      colour: lineToken(index),
      shape: stacked || alone ? 'area' : 'line',
    })),
    stacked,
    yRange,
    limits: limitsOf(panel, yRange),
    bands: [],
    marks,
    points,
    tickText: (value) => formatUnit(value, unit),
    ...(unit === 'bytes' && { tickSteps: powersOfTwo }),
    onZoom: ({ fromMs, toMs }) => chooseRange({ kind: 'fixed', fromMs, toMs }),
  };
}

/** So that an axis of bytes says 256 MiB and not 238. */
const powersOfTwo = Array.from({ length: 50 }, (_, exponent) => 2 ** exponent);

type Row = readonly (number | null)[];

/** Each row on top of those before; where one has no number it adds nothing. */
export function sumsOf(rows: readonly Row[]): Row[] {
  let below: Row = [];
  return rows.map((row) => {
    below = row.map((value, index) => {
      const base = below[index] ?? null;
      return value === null ? base : value + (base ?? 0);
    });
    return below;
  });
}

/** From zero, or what lies below, to a little above the highest point. */
function rangeOf({ min, max, thresholds = [] }: PanelModel, rows: readonly Row[]) {
  let low = 0;
  let high = 0;
  for (const value of rows.flat()) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  // The next bound is worth seeing when it is near; a far one would flatten the lines.
  const next = boundsOf(thresholds).find((bound) => bound > high) ?? 0;
  const top = next < 2 * high ? Math.max(next, high) : high;
  const bottom = min ?? low * 1.08;
  const above = max ?? top * 1.12;
  return [bottom, above > bottom ? above : bottom + 1] as const;
}

const boundsOf = (thresholds: PanelModel['thresholds'] = []): number[] =>
  thresholds.flatMap(({ from }) => from ?? []);

const limitsOf = ({ thresholds, unit }: PanelModel, [low, high]: readonly [number, number]) =>
  boundsOf(thresholds)
    .filter((value) => value > low && value <= high)
    .map((value) => ({ value, label: formatUnit(value, unit) }));
