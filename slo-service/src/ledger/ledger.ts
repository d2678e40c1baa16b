/**
 * What is known about a minute: nothing yet, measured, not measured, left out on purpose, or
 * still provisional because samples of it may yet arrive.
 */
export const minuteState = {
  unknown: 0,
  measured: 1,
  unmeasured: 2,
  excluded: 3,
  open: 4,
} as const;
export type MinuteState = (typeof minuteState)[keyof typeof minuteState];

/** A minute counts as measured from this fraction of its expected scrapes on. */
export const measuredCoverageMin = 0.5;

/** Minutes of a ledger day; a day is a UTC day unless time is compressed. */
export const minutesPerDay = 1440;

/** What an objective got in one minute. */
export interface MinuteEntry {
  /** Minutes since the epoch. */
  readonly minute: number;
  /** Events; added to what the minute has when it is final. */
  readonly valid: number;
  readonly bad: number;
  /** Fraction of the expected scrapes; null leaves coverage and state as they are. */
  readonly coverage: number | null;
  readonly state: MinuteState;
}

export interface ObjectiveMinutes {
  readonly objective: string;
  readonly minutes: readonly MinuteEntry[];
}

/** Everything that one reading changes; written whole or not at all. */
export interface LedgerBatch {
  /** Added to the ledger for good. */
  readonly final: readonly ObjectiveMinutes[];
  /** Replaces all provisional minutes. */
  readonly provisional: readonly ObjectiveMinutes[];
  /** The meter's state after `final`; absent leaves the last one. */
  readonly checkpoint?: string;
}

/** The sum of a stretch of minutes. */
export interface WindowSum {
  readonly valid: number;
  readonly bad: number;
  /**
   * Sum of the coverage of closed minutes, and their number; coverage of the stretch is the
   * quotient. Of an objective that was never measured before, from its first measured minute on.
   */
  readonly covered: number;
  readonly closed: number;
  /** From when on coverage counts; null when nothing was measured up to the end of the stretch. */
  readonly firstMeasured: number | null;
}

/** A stretch of minutes as columns; index 0 is `fromMinute`. */
export interface MinuteColumns {
  readonly fromMinute: number;
  readonly valid: Float64Array;
  readonly bad: Float64Array;
  readonly coverage: Float64Array;
  readonly state: Uint8Array;
}

/** Where good, bad and valid events are kept for good. Stretches are `[from, to)` in minutes. */
export interface Ledger {
  commit(batch: LedgerBatch): Promise<void>;
  sum(objective: string, fromMinute: number, toMinute: number): Promise<WindowSum>;
  minutes(objective: string, fromMinute: number, toMinute: number): Promise<MinuteColumns>;
  /** Stored keys that begin with `${objective}?`, sorted: the groups of an objective. */
  groupsOf(objective: string): Promise<readonly string[]>;
  /** The checkpoint of the last batch that had one. */
  checkpoint(): Promise<string | undefined>;
  close(): Promise<void>;
}
