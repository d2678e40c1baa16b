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
  /** Consecutive samples below the last good one after which they become the new baseline. */
  readonly quarantinedSamplesMax: number;
  /** An increase is spread over at most this long, the latest part of the gap. */
  readonly spreadMsMax: number;
}

/** The rules at a time scale. */
export function meterRules({ minuteMs, scrapeIntervalMs }: Timing): MeterRules {
  return {
    minuteMs,
    scrapeIntervalMs,
    gapMs: 2.5 * scrapeIntervalMs,
    watermarkMs: 2 * scrapeIntervalMs,
    outOfOrderMs: 10 * minuteMs,
    finalBatchMs: 5 * minuteMs,
    lookBackMs: 120 * minuteMs,
    sliceMs: 60 * minuteMs,
    quarantinedSamplesMax: 8,
    spreadMsMax: 31 * 1440 * minuteMs,
  };
}
