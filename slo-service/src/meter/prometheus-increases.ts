import type { MatrixSeries, PrometheusClient } from '@sprout/query';
import type { Aggregate } from './aggregates.ts';
import type { ReadRange, SampleRun } from './reading.ts';
import type { MeterRules } from './rules.ts';
import { isTooMuch, tooCostly } from './too-much.ts';

type IncreaseRules = Pick<MeterRules, 'minuteMs' | 'scrapeIntervalMs' | 'replicaLabels'>;

/** What queries of sums are asked by. */
export interface IncreaseSource {
  readonly client: Pick<PrometheusClient, 'queryRange'>;
  readonly rules: IncreaseRules;
  /** Samples that the source may look at for one query, and the longest range of one. */
  readonly samplesMax: number;
  readonly rangeMsMax: number;
}

/** Prometheus answers no more points of one series. */
const pointsMax = 11_000;

/**
 * The PromQL by which a selection is read as sums. Each minute looks back to the last scrape before
 * it, so that what happened between two scrapes is in one minute and in no other.
 */
export function increaseText({ selector, labels }: Aggregate, rules: IncreaseRules): string {
  const increase = `increase(${selector}[${lookMs(rules)}ms])`;
  const one = `max without (${rules.replicaLabels.join(', ')}) (${increase})`;
  return labels.length === 0 ? `sum(${one})` : `sum by (${labels.join(', ')}) (${one})`;
}

/** Samples of a series that one minute of sums looks at. */
export const samplesPerIncrease = (rules: IncreaseRules): number =>
  Math.ceil(lookMs(rules) / rules.scrapeIntervalMs);

/**
 * What each whole minute of a range added; its time is the minute's last millisecond. `series` is
 * how many the selection has: the more, the fewer minutes are asked for at once.
 */
export async function readIncreases(
  { client, rules, samplesMax, rangeMsMax }: IncreaseSource,
  aggregate: Aggregate,
  series: number,
  { fromMs, toMs }: ReadRange,
): Promise<SampleRun[]> {
  const { minuteMs } = rules;
  const text = increaseText(aggregate, rules);
  const lastMs = Math.floor(toMs / minuteMs) * minuteMs - 1;
  const perMinute = Math.max(1, series) * samplesPerIncrease(rules);
  const minutes = Math.min(pointsMax, samplesMax / perMinute, rangeMsMax / minuteMs);
  const partMs = Math.max(1, Math.floor(minutes)) * minuteMs;
  const found: MatrixSeries[] = [];
  const firstMs = (Math.ceil(fromMs / minuteMs) + 1) * minuteMs - 1;
  for (let atMs = firstMs; atMs <= lastMs; atMs += partMs) {
    found.push(
      ...(await ask(client, text, atMs, Math.min(lastMs, atMs + partMs - minuteMs), minuteMs)),
    );
  }
  // increase() extrapolates to all of what it looks at; a minute is a part of that.
  return found.map((one) => runOf(one, minuteMs / lookMs(rules)));
}

/** Half of the minutes at a time where the source refuses all of them. */
async function ask(
  client: IncreaseSource['client'],
  text: string,
  fromMs: number,
  toMs: number,
  stepMs: number,
): Promise<readonly MatrixSeries[]> {
  try {
    return await client.queryRange(text, { fromMs, toMs, stepSeconds: stepMs / 1000 });
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    const steps = Math.round((toMs - fromMs) / stepMs);
    if (steps < 1) throw tooCostly(text, error);
    const middleMs = fromMs + (steps >> 1) * stepMs;
    return [
      ...(await ask(client, text, fromMs, middleMs, stepMs)),
      ...(await ask(client, text, middleMs + stepMs, toMs, stepMs)),
    ];
  }
}

function runOf({ metric, values }: MatrixSeries, fraction: number): SampleRun {
  return {
    labels: metric,
    times: values.map(([seconds]) => Math.round(seconds * 1000)),
    values: values.map(([, value]) => Number(value) * fraction),
  };
}

/** A minute, and the time since the scrape before it. */
const lookMs = ({ minuteMs, scrapeIntervalMs }: IncreaseRules): number =>
  minuteMs + scrapeIntervalMs;
