import type { SampleRun } from '../meter/reading.ts';
import type { MeterRules } from '../meter/rules.ts';
import type { SeriesState } from '../meter/meter-state.ts';
import { judge } from '../meter/series.ts';
import type { Judgement } from '../meter/series.ts';
import { spread } from '../meter/spread.ts';

/** Why the ledger and PromQL's `increase()` count differently. */
export const countCauses = ['newborn', 'reset', 'restart', 'gap', 'extrapolation', 'pair'] as const;
export type CountCause = (typeof countCauses)[number];

/** The events of one set of series, counted by both rules, with what lies between them. */
export interface Recount {
  /** By the rules of the meter, from the samples that Prometheus has now. */
  readonly meter: number;
  /** `increase()` as Prometheus answers it. */
  readonly promql: number;
  /** meter − promql, by cause; they add up. */
  readonly causes: Readonly<Record<CountCause, number>>;
}

/** What is known of the process that shows a series. */
export interface ProcessSight {
  /** Start of the process that was scraped at an instant, Unix seconds. */
  startAt(ms: number): number | null;
  /** The latest scrape before an instant that succeeded, Unix milliseconds. */
  upBefore(ms: number): number | null;
}

export interface RecountRange {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** From when on samples were read. */
  readonly sinceMs: number;
  readonly rules: MeterRules;
}

/**
 * Counts one series by the meter's own judgement; `increase` is what PromQL makes of it, 0 when it
 * answers nothing. `others` is what PromQL makes of the same series of other replicas.
 */
export function recountSeries(
  { times, values }: Pick<SampleRun, 'times' | 'values'>,
  increase: number,
  others: number,
  process: ProcessSight,
  range: RecountRange,
): Recount {
  const causes = { newborn: 0, reset: 0, restart: 0, gap: 0, extrapolation: 0, pair: -others };
  let meter = 0;
  let plain = 0;
  let before: Sample | undefined;
  let accepted: SeriesState | undefined;
  for (const [index, timeMs] of times.entries()) {
    const sample = { timeMs, value: values[index] ?? Number.NaN };
    if (!(sample.value >= 0)) continue;
    const wasIn = before !== undefined && before.timeMs >= range.fromMs && timeMs >= range.fromMs;
    const seen = before === undefined || !wasIn ? 0 : plainIncrease(before, sample);
    const startSeconds = process.startAt(timeMs);
    const upBeforeMs = process.upBefore(timeMs);
    const scraped = { ...sample, startSeconds, upBeforeMs };
    const judged = judge(accepted, scraped, range.sinceMs, range.rules);
    const counted = countedIn(judged, timeMs, range);
    plain += seen;
    meter += counted;
    causes[causeOf(judged, sample, accepted, before, range.rules)] += counted - seen;
    before = sample;
    accepted = judged.state;
  }
  // What is in neither plain sums nor rules is what increase() makes of the edges of its window.
  causes.extrapolation += plain - increase;
  return { meter, promql: increase + others, causes };
}

interface Sample {
  readonly timeMs: number;
  readonly value: number;
}

/** PromQL takes every lower value for a restart from zero. */
const plainIncrease = (before: Sample, { value }: Sample) =>
  value >= before.value ? value - before.value : value;

/** The part of an increase that the meter gives to the minutes of the window. */
function countedIn(
  { increase }: Judgement,
  timeMs: number,
  { fromMs, toMs, rules }: RecountRange,
): number {
  if (increase === undefined) return 0;
  let counted = 0;
  spread(increase, timeMs, rules, (minute, events) => {
    const atMs = minute * rules.minuteMs;
    if (atMs >= fromMs && atMs < toMs) counted += events;
  });
  return counted;
}

function causeOf(
  { increase, quarantined }: Judgement,
  { timeMs, value }: Sample,
  accepted: SeriesState | undefined,
  before: Sample | undefined,
  { gapMs }: MeterRules,
): CountCause {
  if (accepted === undefined) return 'newborn';
  if (quarantined === true) return 'reset';
  if (increase !== undefined && timeMs - increase.fromMs > gapMs) return 'gap';
  // While samples are set aside, both go on from different values until the counter is back.
  if (before !== undefined && before.timeMs !== accepted.timeMs) return 'reset';
  const goesOn = increase === undefined || increase.events === value - accepted.value;
  return goesOn ? 'extrapolation' : 'restart';
}
