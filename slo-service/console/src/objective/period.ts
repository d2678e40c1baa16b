import { calendarPeriod } from '@sprout/objectives/calendar';
import { parseWindow } from '@sprout/objectives/window';
import type { BudgetAnswer, Point, Series } from '@sprout/slo-service/api';
import type { ChartModel } from '../chart/chart-model.ts';
import type { Interval } from '../place/range.ts';
import { leftOf } from './chart-models.ts';

/** A period of the calendar as it was spent: sums since it began, at the end of each step. */
export interface PeriodPoint {
  /** Begin of the step, as in the series. */
  readonly at: string;
  readonly endSeconds: number;
  readonly bad: number;
  /** Bad events that the traffic so far allows; null without events. */
  readonly allowed: number | null;
}

/**
 * Adds up a series that begins with its period. What is allowed comes from the budget that the
 * service worked out for each step, so that a promise that changed meanwhile is drawn as it was.
 */
export function periodPoints(series: Series, target: number): readonly PeriodPoint[] {
  let [bad, valid] = [0, 0];
  return series.points.map((point) => {
    const counts = point.state !== 'excluded';
    bad += counts ? point.bad : 0;
    valid += counts ? point.valid : 0;
    const endSeconds = Date.parse(point.at) / 1000 + series.stepSeconds;
    return { at: point.at, endSeconds, bad, allowed: allowedBy(point, bad, valid, target) };
  });
}

function allowedBy(point: Point, bad: number, valid: number, target: number): number | null {
  const left = leftOf(point);
  if (left === null) return null;
  return bad > 0 && left !== 1 ? bad / (1 - left) : valid * (1 - target);
}

/**
 * From the begin of a calendar window's period to its end; `minuteMs` is the length of a ledger
 * minute, since calendars run by the promise's clock. Undefined for rolling windows.
 */
export function periodOf(
  { window, from }: Pick<BudgetAnswer, 'window' | 'from'>,
  minuteMs: number,
): Interval | undefined {
  const parsed = parseWindow(window);
  if (parsed.kind === 'rolling') return undefined;
  const scale = 60_000 / minuteMs;
  const fromMs = Date.parse(from);
  const { toMs } = calendarPeriod(parsed.unit, parsed.zone, fromMs * scale);
  return { fromMs, toMs: toMs / scale };
}

/** What the whole period will allow if traffic goes on as it did; null without traffic. */
export function expectedAllowed(
  points: readonly PeriodPoint[],
  { fromMs, toMs }: Interval,
): number | null {
  const last = points.findLast(({ allowed }) => allowed !== null);
  if (!last || last.allowed === null) return null;
  const elapsed = last.endSeconds - fromMs / 1000;
  return elapsed <= 0 ? null : (last.allowed * (toMs - fromMs)) / 1000 / elapsed;
}

/** Bad events so far against what is allowed so far and, as a limit, by the end of the period. */
export function periodModel(
  points: readonly PeriodPoint[],
  facts: Pick<ChartModel, 'interval' | 'syncKey' | 'bands' | 'onZoom' | 'tickText'> & {
    readonly marks: ChartModel['marks'];
    readonly words: { readonly bad: string; readonly allowed: string; readonly limit: string };
  },
): ChartModel {
  const { words, marks = [], ...rest } = facts;
  const limit = expectedAllowed(points, facts.interval);
  const highest = Math.max(1, limit ?? 0, ...points.map(({ bad }) => bad));
  return {
    ...rest,
    marks,
    height: 280,
    at: points.map(({ endSeconds }) => endSeconds),
    lines: [
      {
        label: words.bad,
        values: points.map(({ bad, allowed }) => (allowed === null ? null : bad)),
        colour: '--broken-fill',
        shape: 'area',
      },
      {
        label: words.allowed,
        values: points.map(({ allowed }) => allowed),
        colour: '--kept-fill',
        shape: 'line',
      },
    ],
    yRange: [0, highest * 1.12],
    limits: limit === null ? [] : [{ value: limit, label: words.limit }],
  };
}
