/** Bounds of a queue on Redis Streams. */
export interface RedisStreamsLimits {
  /** Entries a stream keeps, roughly; the oldest go first. Default 100 000. */
  readonly entriesMax: number;
  /** Failed attempts after which a message moves to `{<stream>}:dead`. Default 5. */
  readonly attemptsMax: number;
  /** Time after which a delivered but unfinished message is taken over. Default 2 000. */
  readonly claimAfterMs: number;
  /** Messages taken in one read. Default 16. */
  readonly batchMax: number;
  /** How long a read waits for a message. Default 1 000. */
  readonly blockMs: number;
  /** How often a consumer says that it lives; after five times that it counts as gone. Default 2 000. */
  readonly signOfLifeMs: number;
}

/** What holds unless a service says otherwise. */
export const defaultLimits: RedisStreamsLimits = {
  entriesMax: 100_000,
  attemptsMax: 5,
  claimAfterMs: 2_000,
  batchMax: 16,
  blockMs: 1_000,
  signOfLifeMs: 2_000,
};
