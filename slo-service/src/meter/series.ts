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

type JudgeRules = Pick<MeterRules, 'quarantinedSamplesMax' | 'clockSkewMs'>;

/**
 * Judges the next sample of a counter series. `last` is the last accepted sample, undefined for
 * a series never seen before; `sinceMs` is the time since which its selection is metered.
 */
export function judge(
  last: SeriesState | undefined,
  sample: CounterSample,
  sinceMs: number,
  rules: JudgeRules,
): Judgement {
  if (last === undefined) return judgeNewborn(sample, sinceMs);
  // Late and repeated samples were taken in already, as part of a later one's increase.
  if (sample.timeMs <= last.timeMs) return { state: last };
  switch (processOf(sample, last, rules)) {
    case 'new':
      return accept(sample, sample.value, processFrom(last, sample));
    case 'older':
      return setAside(last, sample, rules);
    case 'same':
      if (sample.value < last.value) return setAside(last, sample, rules);
      return accept(sample, sample.value - last.value, last.timeMs);
  }
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

/**
 * Which process a sample comes from, compared with the last accepted one. A process is new when
 * it started after the other was seen last. A start that moved otherwise is a clock that was set,
 * or, soon after a restart, a sample of the old process from a replica whose clock runs ahead.
 */
function processOf(
  { startSeconds }: CounterSample,
  last: SeriesState,
  { clockSkewMs }: JudgeRules,
): 'same' | 'new' | 'older' {
  if (last.startSeconds === null || startSeconds === null) return 'same';
  const movedSeconds = startSeconds - last.startSeconds;
  // Prom-client and Prometheus' own library round the start time differently, but keep it.
  if (Math.abs(movedSeconds) <= 0.5) return 'same';
  if (movedSeconds > 0) return startSeconds * 1000 >= last.timeMs - clockSkewMs ? 'new' : 'same';
  return last.timeMs - last.startSeconds * 1000 <= clockSkewMs ? 'older' : 'same';
}

function processFrom(last: SeriesState, sample: CounterSample): number {
  const startMs = (sample.startSeconds ?? 0) * 1000;
  return Math.min(sample.timeMs, Math.max(last.timeMs, startMs));
}

/**
 * A lower value of the same process is no reset. It is set aside until the series is back above
 * the last accepted value; when it stays below, it becomes a baseline and nothing is counted.
 */
function setAside(last: SeriesState, sample: CounterSample, rules: JudgeRules): Judgement {
  const quarantined = last.quarantined + 1;
  if (quarantined >= rules.quarantinedSamplesMax) {
    return { state: stateOf(sample), quarantined: true };
  }
  return { state: { ...last, quarantined }, quarantined: true };
}

function accept(sample: CounterSample, events: number, fromMs: number): Judgement {
  return { state: stateOf(sample), increase: { events, fromMs } };
}

function stateOf({ timeMs, value, startSeconds }: CounterSample): SeriesState {
  return { timeMs, value, startSeconds, quarantined: 0 };
}
