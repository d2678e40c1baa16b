import type { MeterPlan } from './plan.ts';

/** Raw samples of one series, oldest first. */
export interface SampleRun {
  readonly labels: Readonly<Record<string, string>>;
  /** Unix milliseconds. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Every sample of `[fromMs, toMs)` that the meter needs. */
export interface Reading {
  readonly fromMs: number;
  readonly toMs: number;
  /** Selector text → its series. */
  readonly counters: ReadonlyMap<string, readonly SampleRun[]>;
  /** Name of an aggregate → what each minute added; a value's time is its minute's last millisecond. */
  readonly increases?: ReadonlyMap<string, readonly SampleRun[]>;
  /** `up` of the targets: 1 scraped, 0 tried in vain. */
  readonly ups: readonly SampleRun[];
  /** `process_start_time_seconds` of the targets. */
  readonly starts: readonly SampleRun[];
}

/** `[fromMs, toMs)`; with a step, the newest value at `fromMs` and every step after it. */
export interface ReadRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs?: number;
}

/** Where samples come from. Rejects when it cannot answer completely. */
export interface SampleSource {
  /** By the plan that the source was made with, unless another is given. */
  read(range: ReadRange, plan?: MeterPlan): Promise<Reading>;
  /** Series that the selections of a plan have at an instant; without it nothing is aggregated. */
  countSeries?(plan: MeterPlan, atMs: number): Promise<ReadonlyMap<string, number>>;
}

/** The service that a series belongs to; foreign targets may have only a job. */
export const serviceOf = (labels: SampleRun['labels']): string =>
  labels['service'] ?? labels['job'] ?? '';
