/** How far a group of consumers is with a stream. What a queue cannot tell is undefined. */
export interface GroupState {
  readonly group: string;
  /** Messages that wait for it. On Kafka also those that its consumers are at work on. */
  readonly lag: number | undefined;
  /** Messages that its consumers were given and have not settled. */
  readonly pending: number | undefined;
  /** Age of the oldest message that waits or is pending; 0 when there is none. */
  readonly oldestAgeSeconds: number | undefined;
  /** Consumers that gave a sign of life lately. */
  readonly consumers: number;
}

export interface StreamState {
  readonly groups: readonly GroupState[];
  /** Messages that were given up and that nobody has given back or dropped. */
  readonly dead: number;
}

/** Looks at a stream; rejects when the queue does not answer. */
export type LookAtStream = (stream: string) => Promise<StreamState>;
