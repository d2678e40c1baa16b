/** Every interval of the platform, derived from one time scale. */
export interface Timing {
  readonly timeScale: number;
  readonly scrapeIntervalMs: number;
  readonly evaluationIntervalMs: number;
  /** Length of the ledger's minute. */
  readonly minuteMs: number;
  /** Turns seconds of a promise or an alert window into seconds of the clock. */
  scaled(seconds: number): number;
}

/**
 * Scale 1 is real time; scale 60 runs an hour of windows in a minute, so that tests exercise a
 * real stack compressed.
 */
export function timing(timeScale: number): Timing {
  return {
    timeScale,
    scrapeIntervalMs: Math.round(15_000 / timeScale),
    evaluationIntervalMs: Math.round(15_000 / timeScale),
    minuteMs: Math.round(60_000 / timeScale),
    scaled: (seconds) => seconds / timeScale,
  };
}
