import type { Timing } from '@sprout/process';

/** The limits and intervals of the meter, all from one time scale. Milliseconds unless named. */
export interface MeterRules {
  readonly minuteMs: number;
  readonly scrapeIntervalMs: number;
  /** Samples further apart than this leave a gap, over which their increase is spread. */
  readonly gapMs: number;
  /** A minute is settled when it ended this long ago. */
  readonly watermarkMs: number;
  /** Samples may arrive out of order for this long; then a minute is read again and final. */
  readonly outOfOrderMs: number;
  /** Minutes become final in batches of this length, so that each is re-read few times. */
  readonly finalBatchMs: number;
  /** How far the first start looks back. */
  readonly lookBackMs: number;
  /** Longest stretch that is read at once when catching up. */
  readonly sliceMs: number;
  /** A meter that is further behind looks at each hour once before it reads all samples. */
  readonly surveyFromMs: number;
  /** Samples of one reading of the past, about. */
  readonly sliceSamplesMax: number;
  /** Consecutive samples below the last good one after which they become the new baseline. */
  readonly quarantinedSamplesMax: number;
  /** Clocks of targets and of a pair of Prometheus may differ by this much. */
  readonly clockSkewMs: number;
  /** Targets not seen for this long are forgotten, with their series. */
  readonly forgetMs: number;
  /** Labels that tell the replicas of a Prometheus pair apart; they are dropped. */
  readonly replicaLabels: readonly string[];
  /** An objective with more series is read as sums, and its minutes are approximate. */
  readonly seriesPerObjectiveMax: number;
  /** An increase is spread over at most this long, the latest part of the gap. */
  readonly spreadMsMax: number;
}

/** What a source may say otherwise. */
export interface MeterOptions {
  readonly scrapeIntervalSeconds?: number | undefined;
  readonly lookBackDays?: number | undefined;
  readonly replicaLabels?: readonly string[] | undefined;
  readonly limits?: { readonly seriesPerObjective?: number | undefined } | undefined;
}

/** What Prometheus' operator and Mimir call the label of a replica. */
const replicaLabels = ['prometheus_replica', '__replica__'];

/** Series of one objective that are read one by one unless a source says otherwise. */
const seriesPerObjective = 5000;

/** The rules at a time scale. */
export function meterRules(timing: Timing, options: MeterOptions = {}): MeterRules {
  const { minuteMs } = timing;
  const scrapeIntervalMs =
    options.scrapeIntervalSeconds === undefined
      ? timing.scrapeIntervalMs
      : timing.scaled(options.scrapeIntervalSeconds) * 1000;
  const dayMs = 1440 * minuteMs;
  return {
    minuteMs,
    scrapeIntervalMs,
    gapMs: 2.5 * scrapeIntervalMs,
    watermarkMs: 2 * scrapeIntervalMs,
    outOfOrderMs: 10 * minuteMs,
    finalBatchMs: 5 * minuteMs,
    lookBackMs: options.lookBackDays === undefined ? 120 * minuteMs : options.lookBackDays * dayMs,
    sliceMs: 60 * minuteMs,
    surveyFromMs: 360 * minuteMs,
    sliceSamplesMax: 500_000,
    quarantinedSamplesMax: 8,
    clockSkewMs: 60_000,
    forgetMs: 31 * dayMs,
    replicaLabels: options.replicaLabels ?? replicaLabels,
    seriesPerObjectiveMax: options.limits?.seriesPerObjective ?? seriesPerObjective,
    spreadMsMax: 31 * dayMs,
  };
}

/** Scrapes of one target that make a minute fully covered. */
export const expectedScrapes = (rules: Pick<MeterRules, 'minuteMs' | 'scrapeIntervalMs'>): number =>
  Math.max(1, Math.floor(rules.minuteMs / rules.scrapeIntervalMs));
