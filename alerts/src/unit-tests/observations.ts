import type { SproutConfig } from '@sprout/process';
import { labelsNamed } from '../signal-rules/signal-alerts.ts';
import { counterValues, gaugeValues, seriesText } from './promtool-test.ts';
import type { InputSeries } from './promtool-test.ts';

type Signal = SproutConfig['signals'][number];
type Hint = NonNullable<Signal['alert']>;

/** Where a signal stands in a phase of a test: at its bound, beyond it, or nowhere. */
export type Level = 'quiet' | 'bad' | 'gone';

interface Observed {
  readonly series: InputSeries[];
  /** Labels that the alert inherits from the series. */
  readonly labels: Record<string, string>;
  /** What the alert compares while the level is bad. */
  readonly value: number;
}

/** Series of a signal that goes through the levels, each for so many steps. */
export function observe(
  signal: Signal,
  hint: Hint,
  bound: { readonly name: 'above' | 'below'; readonly at: number },
  levels: readonly Level[],
  steps: number,
  stepSeconds: number,
): Observed {
  const all = labelsOf(signal, hint);
  const labels = inherited(hint, all);
  if (hint.of === 'p99') {
    return { ...observeBuckets(signal, bound, levels, steps, all), labels };
  }
  const bad =
    bound.name === 'above' ? bound.at + Math.max(bound.at, 1) : bound.at - Math.max(bound.at, 1);
  const amount = (level: Level) => ({ quiet: bound.at, bad, gone: undefined })[level];
  const values =
    hint.of === 'value'
      ? gaugeValues(levels.map((level) => ({ steps, value: amount(level) })))
      : counterValues(
          levels.map((level) => ({ steps, perStep: perStep(amount(level), stepSeconds) })),
        );
  const decoys = decoyLabels(signal, hint, all).map((other) => ({
    series: seriesText(signal.name, other),
    values:
      hint.of === 'value'
        ? gaugeValues([{ steps: levels.length * steps, value: bad }])
        : counterValues([{ steps: levels.length * steps, perStep: perStep(bad, stepSeconds) }]),
  }));
  return {
    series: [{ series: seriesText(signal.name, all), values }, ...decoys],
    labels,
    value: bad,
  };
}

/** Series that the alert must not look at, beyond its bound all the time. */
function decoyLabels(signal: Signal, hint: Hint, labels: Record<string, string>) {
  return Object.entries(hint.where ?? {}).map(([label, wanted]) => {
    const values = signal.kind === 'metric' ? signal.labels[label] : undefined;
    const closed = Array.isArray(values) ? values : [];
    return { ...labels, [label]: closed.find((value) => value !== wanted) ?? `not-${wanted}` };
  });
}

/** All observations fall into the bucket before the bound, or into the one behind it. */
function observeBuckets(
  signal: Signal,
  bound: { readonly name: 'above' | 'below'; readonly at: number },
  levels: readonly Level[],
  steps: number,
  labels: Record<string, string>,
): Omit<Observed, 'labels'> {
  const bounds = signal.kind === 'metric' ? [0, ...(signal.buckets ?? [])] : [0];
  const behind = bounds.findIndex(
    (upper, index) => index > 0 && (bounds[index - 1] ?? 0) >= bound.at && upper > bound.at,
  );
  const before = bounds.findLastIndex((upper) => upper <= bound.at);
  const [bad, quiet] = bound.name === 'above' ? [behind, before] : [before, behind];
  const [low, high] = [bounds[bad - 1] ?? 0, bounds[bad] ?? 0];
  const bucketOf = { quiet, bad };
  const series = [...bounds.slice(1).map(String), '+Inf'].map((le, index) => ({
    series: seriesText(`${signal.name}_bucket`, { ...labels, le }),
    values: counterValues(
      levels.map((level) => ({
        steps,
        perStep: level === 'gone' ? undefined : Number(index + 1 >= bucketOf[level]),
      })),
    ),
  }));
  return { series, value: low + (high - low) * 0.99 };
}

/** A rate and a quantile keep the labels they are grouped by, a value keeps all. */
function inherited(hint: Hint, all: Record<string, string>): Record<string, string> {
  if (hint.of === 'value') return all;
  return Object.fromEntries(labelsNamed(hint).map((label) => [label, all[label] ?? '']));
}

function labelsOf(signal: Signal, hint: Hint): Record<string, string> {
  const own = signal.kind === 'metric' ? Object.entries(signal.labels) : [];
  return {
    job: 'some-service',
    instance: '127.0.0.1:1',
    service: 'some-service',
    ...Object.fromEntries(
      own.map(([label, values]) => [label, values === 'any' ? 'some' : (values[0] ?? '')]),
    ),
    ...hint.where,
  };
}

const perStep = (perSecond: number | undefined, stepSeconds: number) =>
  perSecond === undefined ? undefined : perSecond * stepSeconds;
