/** A message that was given up, as the queue keeps it. */
export interface DeadLetter {
  /** Its id among the dead letters of its stream. */
  readonly id: string;
  readonly stream: string;
  /** When it was given up. */
  readonly at: Date;
  /** What its last attempt ended with. */
  readonly error: string;
  /** Id, type, body and headers of the message, as they were published. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Messages that were given up, and their way back. */
export interface DeadLetters {
  /** Those of a stream, oldest first. */
  list(stream: string): Promise<DeadLetter[]>;
  /**
   * Gives one back to its stream, to be attempted as often as a new one. Resolves to whether it
   * was there; one that comes back twice is handled once, as its inbox knows it.
   */
  replay(stream: string, id: string): Promise<boolean>;
  /** Forgets one for good. Resolves to whether it was there. */
  drop(stream: string, id: string): Promise<boolean>;
}

/** Dead letters of a stream that are shown at once; those beyond come when these are gone. */
export const deadLettersShownMax = 1_000;
