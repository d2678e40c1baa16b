import type { MatrixSeries } from '@sprout/query';

/** Why the ledger and PromQL's `increase()` count differently. */
export type CountCause = 'newborn' | 'reset' | 'gap' | 'extrapolation';

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
  /** True when the process started between two instants, Unix milliseconds. */
  startedBetween(fromMs: number, toMs: number): boolean;
  /** True when its target was scraped before an instant. */
  seenBefore(ms: number): boolean;
}

export interface RecountRange {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** Samples further apart than this have a gap between them. */
  readonly gapMs: number;
}

/** Counts one series; `increase` is what PromQL makes of it, 0 when it answers nothing. */
export function recountSeries(
  { values }: Pick<MatrixSeries, 'values'>,
  increase: number,
  process: ProcessSight,
  range: RecountRange,
): Recount {
  const causes = { newborn: 0, reset: 0, gap: 0, extrapolation: 0 };
  let meter = 0;
  let plain = 0;
  let before: Sample | undefined;
  let accepted: Sample | undefined;
  for (const sample of values.map(sampleOf)) {
    const isIn = sample.ms >= range.fromMs && sample.ms < range.toMs;
    const wasIn = before !== undefined && before.ms >= range.fromMs && isIn;
    const seen = before === undefined || !wasIn ? 0 : plainIncrease(before, sample);
    const step = stepOf(accepted, sample, process, range);
    const counted = isIn || step.cause === 'gap' ? step.events : 0;
    plain += seen;
    meter += counted;
    causes[causeOf(step, before !== accepted)] += counted - seen;
    before = sample;
    if (step.accepts) accepted = sample;
  }
  // What is in neither plain sums nor rules is what increase() makes of the edges of its window.
  causes.extrapolation += plain - increase;
  return { meter, promql: increase, causes };
}

interface Sample {
  readonly ms: number;
  readonly value: number;
}

interface Step {
  readonly events: number;
  readonly cause: CountCause | undefined;
  readonly accepts: boolean;
}

const sampleOf = ([seconds, text]: readonly [number, string]): Sample => ({
  ms: Math.round(seconds * 1000),
  value: Number(text),
});

/** PromQL takes every lower value for a restart from zero. */
const plainIncrease = (before: Sample, { value }: Sample) =>
  value >= before.value ? value - before.value : value;

/** What the meter counts when a series shows its next sample. */
function stepOf(
  accepted: Sample | undefined,
  sample: Sample,
  process: ProcessSight,
  { fromMs, toMs, gapMs }: RecountRange,
): Step {
  if (accepted === undefined) {
    const isBorn = process.seenBefore(sample.ms) || process.startedBetween(fromMs, sample.ms);
    return { events: isBorn ? sample.value : 0, cause: 'newborn', accepts: true };
  }
  const restarted = process.startedBetween(accepted.ms, sample.ms);
  if (!restarted && sample.value < accepted.value) {
    return { events: 0, cause: 'reset', accepts: false };
  }
  const increase = restarted ? sample.value : sample.value - accepted.value;
  const lasted = sample.ms - accepted.ms;
  if (lasted <= gapMs) return { events: increase, cause: undefined, accepts: true };
  const inside = Math.min(sample.ms, toMs) - Math.max(accepted.ms, fromMs);
  const share = Math.max(0, inside) / lasted;
  return { events: increase * share, cause: 'gap', accepts: true };
}

/** While samples are set aside, both go on from different values until the counter is back. */
function causeOf({ cause }: Step, isBack: boolean): CountCause {
  if (cause !== undefined) return cause;
  return isBack ? 'reset' : 'extrapolation';
}
