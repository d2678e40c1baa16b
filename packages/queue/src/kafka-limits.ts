/** Bounds of a queue on Kafka. */
export interface KafkaLimits {
  /**
   * Partitions of a stream that is new. 1 keeps the order of publishing; with more, several
   * consumers of a group share the stream and the order holds within a partition. Default 1.
   */
  readonly partitions: number;
  /** How long a message stays, handled or not. Default a week. */
  readonly retentionMs: number;
  /** Failed attempts after which a message moves to `<stream>.dead`. Default 5. */
  readonly attemptsMax: number;
  /** Pause before a failed message is attempted again. Default 2 000. */
  readonly retryAfterMs: number;
  /** Failed messages that may wait for another attempt; then reading waits too. Default 1 000. */
  readonly retriesMax: number;
  /** Time without a heartbeat after which the group counts a consumer as gone. Default 10 000. */
  readonly sessionMs: number;
  /** How long publishing may take. Default 1 000. */
  readonly publishMs: number;
}

/** What holds unless a service says otherwise. */
export const defaultKafkaLimits: KafkaLimits = {
  partitions: 1,
  retentionMs: 7 * 86_400_000,
  attemptsMax: 5,
  retryAfterMs: 2_000,
  retriesMax: 1_000,
  sessionMs: 10_000,
  publishMs: 1_000,
};
