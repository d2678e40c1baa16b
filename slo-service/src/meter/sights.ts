/** What a meter has seen since its start. */
export interface MeterSights {
  readonly services: ReadonlyMap<string, ServiceSight>;
  /** Selectors of the plan that never matched a series. */
  readonly emptySelectors: ReadonlySet<string>;
  /** Samples set aside because a counter went back without a restart. */
  readonly quarantined: number;
  /** A long stretch that is still being read sample by sample; null when there is none. */
  readonly backfill: Backfill | null;
}

/** When a service was seen last, Unix milliseconds. */
export interface ServiceSight {
  /** The newest scrape that was tried. */
  readonly scrapedMs: number;
  /** The newest scrape that succeeded; null when none did. */
  readonly upMs: number | null;
}

/** How far a long stretch has been read, Unix milliseconds; until then it is known by the hour. */
export interface Backfill {
  readonly fromMs: number;
  readonly atMs: number;
  readonly untilMs: number;
}
