import type { MeterRules } from './rules.ts';
import type { SeriesState } from './meter-state.ts';

/** One sample of a counter, and what its scrape says about the target. */
export interface CounterSample {
  /** Unix milliseconds. */
  readonly timeMs: number;
  readonly value: number;
  /** Start of the process, Unix seconds; null when the target does not say. */
  readonly startSeconds: number | null;
  /** The latest earlier scrape that succeeded, Unix milliseconds. */
  readonly upBeforeMs: number | null;
}

/** Events that happened after `fromMs`, shown by a sample. */
export interface Increase {
  readonly events: number;
  readonly fromMs: number;
}

/** What a sample means: the series' next state, and events when it shows any. */
export interface Judgement {
  readonly state: SeriesState;
  readonly increase?: Increase;
  readonly quarantined?: true;
}

/**
 * Judges the next sample of a counter series. `last` is the last accepted sample, undefined for
 * a series never seen before; `sinceMs` is the time since which its selection is metered.
 */
export function judge(
  last: SeriesState | undefined,
  sample: CounterSample,
  sinceMs: number,
  rules: Pick<MeterRules, 'quarantinedSamplesMax'>,
): Judgement {
  if (last === undefined) return judgeNewborn(sample, sinceMs);
  // Late and repeated samples were taken in already, as part of a later one's increase.
  if (sample.timeMs <= last.timeMs) return { state: last };
  if (restarted(last, sample)) return accept(sample, sample.value, processFrom(last, sample));
  if (sample.value < last.value) return judgeFalseReset(last, sample, rules);
  return accept(sample, sample.value - last.value, last.timeMs);
}

/**
 * A series that appears counts from zero when its birth was watched: its process started since
 * metering began, or an earlier scrape of its target succeeded without it. Otherwise nobody
 * knows when its events happened, and its first value is only a baseline.
 */
function judgeNewborn(sample: CounterSample, sinceMs: number): Judgement {
  const startMs = sample.startSeconds === null ? -Infinity : sample.startSeconds * 1000;
  const upBeforeMs = sample.upBeforeMs ?? -Infinity;
  if (startMs < sinceMs && upBeforeMs < sinceMs) return { state: stateOf(sample) };
  const bornAfterMs = Math.min(sample.timeMs, Math.max(startMs, upBeforeMs));
  return accept(sample, sample.value, bornAfterMs);
}

/** Prom-client and Prometheus' own library round the start time differently, but keep it. */
function restarted(last: SeriesState, sample: CounterSample): boolean {
  if (last.startSeconds === null || sample.startSeconds === null) return false;
  return Math.abs(sample.startSeconds - last.startSeconds) > 0.5;
}

function processFrom(last: SeriesState, sample: CounterSample): number {
  const startMs = (sample.startSeconds ?? 0) * 1000;
  return Math.min(sample.timeMs, Math.max(last.timeMs, startMs));
}

/**
 * A lower value of the same process is no reset. It is set aside until the series is back above
 * the last accepted value; when it stays below, it becomes a baseline and nothing is counted.
 */
function judgeFalseReset(
  last: SeriesState,
  sample: CounterSample,
  { quarantinedSamplesMax }: Pick<MeterRules, 'quarantinedSamplesMax'>,
): Judgement {
  const quarantined = last.quarantined + 1;
  if (quarantined >= quarantinedSamplesMax) return { state: stateOf(sample), quarantined: true };
  return { state: { ...last, quarantined }, quarantined: true };
}

function accept(sample: CounterSample, events: number, fromMs: number): Judgement {
  return { state: stateOf(sample), increase: { events, fromMs } };
}

function stateOf({ timeMs, value, startSeconds }: CounterSample): SeriesState {
  return { timeMs, value, startSeconds, quarantined: 0 };
}
