import { formatRatio } from '@sprout/objectives/figure';
import type { ObjectiveStatus, Page, Point, Series } from '@sprout/slo-service/api';
import type { Band, ChartModel } from '../chart/chart-model.ts';
import { formatCount } from '../format/count.ts';
import { formatLatency } from '../format/time-span.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import type { Interval } from '../place/range.ts';
import { burnDownAxis, sliAxis } from './budget-geometry.ts';

/** What all charts of an objective share. */
export interface ChartFacts {
  readonly status: Pick<ObjectiveStatus, 'id' | 'target'>;
  readonly series: Series;
  readonly interval: Interval;
  readonly alerts: readonly Page[];
  readonly t: Dictionary;
  readonly locale: string;
  readonly onZoom: (interval: Interval) => void;
}

/** The budget that was left at the end of each step, with the zero line and when alerts fired. */
export function burnDownModel(facts: ChartFacts): ChartModel {
  const { points, stepSeconds } = facts.series;
  const values = points.map(leftOf);
  return {
    ...shared(facts, 280),
    at: points.map((point) => secondsOf(point) + stepSeconds),
    lines: [
      {
        label: facts.t.budgetLeft,
        values,
        colour: '--kept-fill',
        belowZero: '--broken-fill',
        shape: 'area',
      },
    ],
    yRange: burnDownAxis(values),
    limits: [{ value: 0, label: facts.t.zeroLine }],
    tickText: (value) => formatRatio(value),
  };
}

/** What was left at the end of a step, without excluded time where there is some. */
export function leftOf({ leftFraction, adjustedLeftFraction }: Point): number | null {
  return adjustedLeftFraction === undefined ? leftFraction : adjustedLeftFraction;
}

/** Good out of valid events per step, against the promise. */
export function sliModel(facts: ChartFacts): ChartModel {
  const values = facts.series.points.map(sliOf);
  const targets = targetsOf(facts.series);
  return {
    ...shared(facts, 262),
    at: middles(facts.series),
    lines: [{ label: facts.t.sliTitle, values, colour: '--series-1', shape: 'line' }],
    yRange: sliAxis(values, Math.min(...targets.map(({ value }) => value))),
    limits: targets.map((one) => ({ ...one, label: facts.t.targetLine })),
    tickText: (value) => (value > 1 ? '' : formatRatio(Number(value.toPrecision(6)))),
  };
}

/** What was promised when, in the order of time. */
export function targetsOf({ from, to, target, changes = [] }: Series) {
  const steps = [{ at: from, target }, ...changes];
  return steps.map((step, index) => ({
    value: step.target,
    span: { fromMs: Date.parse(step.at), toMs: Date.parse(steps[index + 1]?.at ?? to) },
  }));
}

/** The latency of a quantile at each step, against the threshold that is promised. */
export function latencyModel(
  facts: ChartFacts,
  measured: {
    readonly at: readonly number[];
    readonly values: readonly (number | null)[];
    readonly thresholdSeconds: number;
  },
): ChartModel {
  const { at, values, thresholdSeconds } = measured;
  const highest = Math.max(thresholdSeconds, ...values.map((value) => value ?? 0));
  return {
    ...shared(facts, 262),
    at,
    lines: [{ label: facts.t.latencyTitle, values, colour: '--series-1', shape: 'line' }],
    yRange: [0, highest * 1.15],
    limits: [{ value: thresholdSeconds, label: facts.t.targetLine }],
    tickText: (value) => (value === 0 ? '0' : formatLatency(value * 1000)),
  };
}

/** Good events, or bad ones, per step. They have charts of their own: one in 10,000 must show. */
export function eventsModel(facts: ChartFacts, which: 'good' | 'bad'): ChartModel {
  const values = facts.series.points.map((point) => (point.valid > 0 ? point[which] : null));
  const highest = Math.max(1, ...values.map((value) => value ?? 0));
  return {
    ...shared(facts, which === 'good' ? 120 : 100),
    bands: markedBands(facts.series, facts.t),
    marks: [],
    at: middles(facts.series),
    lines: [
      {
        label: facts.t[which],
        values,
        colour: which === 'good' ? '--kept-fill' : '--broken-fill',
        shape: 'bars',
      },
    ],
    yRange: [0, highest * 1.1],
    limits: [],
    tickText: (value) => formatCount(value, facts.locale),
  };
}

/** good ÷ valid of a step; null without events. */
export function sliOf(point: Point): number | null {
  return point.valid > 0 ? point.good / point.valid : null;
}

/** When alerts of an objective fired, as far as it lies in the interval; still firing ends now. */
export function alertBands(
  alerts: readonly Page[],
  objective: string,
  interval: Interval,
  label: string,
): readonly Band[] {
  return alerts
    .filter((page) => page.objectives.some(({ id }) => id === objective))
    .map((page) => ({
      fromMs: Math.max(Date.parse(page.startedAt), interval.fromMs),
      toMs:
        page.endedAt === null ? interval.toMs : Math.min(Date.parse(page.endedAt), interval.toMs),
      label,
    }))
    .filter((band) => band.fromMs < band.toMs);
}

function shared({ status, series, interval, alerts, t, onZoom }: ChartFacts, height: number) {
  return {
    height,
    interval,
    syncKey: status.id,
    bands: [
      ...excludedBands(series, t.excludedBand),
      ...markedBands(series, t),
      ...alertBands(alerts, status.id, interval, t.alertBand),
    ],
    marks: (series.annotations ?? []).map(({ at, title }) => ({
      atMs: Date.parse(at),
      label: title,
    })),
    onZoom,
  };
}

/** Steps that budgets leave out, joined to stretches. */
export function excludedBands(series: Series, label: string): readonly Band[] {
  return bandsOf(series, label, ({ state }) => state === 'excluded');
}

/** Steps that never happened, and those known from sums of series alone, joined to stretches. */
export function markedBands(series: Series, t: ChartFacts['t']): readonly Band[] {
  return [
    ...bandsOf(series, t.simulatedBand, ({ simulated }) => simulated === true),
    ...bandsOf(series, t.approximateBand, ({ approximate }) => approximate === true),
  ];
}

function bandsOf(
  { points, stepSeconds }: Series,
  label: string,
  isMarked: (point: Point) => boolean,
): readonly Band[] {
  const bands: (Band & { toMs: number })[] = [];
  for (const point of points) {
    if (!isMarked(point)) continue;
    const fromMs = Date.parse(point.at);
    const toMs = fromMs + stepSeconds * 1000;
    const last = bands.at(-1);
    if (last?.toMs === fromMs) last.toMs = toMs;
    else bands.push({ fromMs, toMs, label, kind: 'excluded' });
  }
  return bands;
}

function middles({ points, stepSeconds }: Series): readonly number[] {
  return points.map((point) => secondsOf(point) + stepSeconds / 2);
}

const secondsOf = (point: Point): number => Date.parse(point.at) / 1000;
