import { parseDuration } from '@sprout/query/duration';
import type { Timing } from '@sprout/process';

/** Converts between the clock and the ledger's minutes. */
export interface MinuteClock {
  /** End (exclusive) of a window that reaches up to and with an instant. */
  endAt(atMs: number): number;
  /** Minutes of a window given in seconds of the promise; at least one. */
  minutesOf(windowSeconds: number): number;
  /** The beginning of a minute, ISO 8601. */
  instant(minute: number): string;
  readonly minuteMs: number;
  /** Seconds of a promise → seconds of the clock. */
  scaled(seconds: number): number;
}

/** The clock of a time scale; a promised hour is always sixty ledger minutes. */
export function minuteClock({ minuteMs, scaled }: Timing): MinuteClock {
  return {
    minuteMs,
    scaled,
    endAt: (atMs) => Math.ceil(atMs / minuteMs),
    minutesOf: (windowSeconds) => Math.max(1, Math.round(windowSeconds / 60)),
    instant: (minute) => new Date(minute * minuteMs).toISOString(),
  };
}

/** Seconds of a Prometheus duration; undefined when it is none. */
export function durationSeconds(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch {
    // The caller says what is wrong with it, in its own words.
    return undefined;
  }
}
