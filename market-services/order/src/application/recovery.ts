/** What product has been asked and has not answered: pending orders, cancellations not confirmed. */
export interface OpenQuestions {
  /** Whether something has been open since before this. */
  anySince(before: Date): Promise<boolean>;
  /** Sends a marker behind every question asked so far; product sends it back in turn. */
  sendMarker(sentAt: Date): Promise<void>;
  /** Asks again what is open and was last asked before this; resolves to how many. */
  askAgain(askedBefore: Date): Promise<number>;
}

/** Finds questions that were lost on their way, or whose answers were. */
export interface Recovery {
  /** To be called every few seconds. */
  look(): Promise<void>;
  /** A marker came back; resolves to how many questions were asked again. */
  markerIsBack(sentAt: Date): Promise<number>;
}

/** Who waits longer than this may have been forgotten. */
const waitingMsMax = 5_000;
/** Between two markers: all that a silent product costs, however many orders wait. */
const markerEveryMs = 5_000;
/** Handled at once with the marker, a question may be answered after it. */
const overlapMs = 1_000;

/**
 * Tells a lost question from one that only waits in a long queue, by which a repetition would make
 * it longer: questions and answers keep their order, so what was asked before a marker and is still
 * open when the marker comes back is lost, and nothing else is asked again. A lost marker costs
 * nothing, as the next one says the same.
 */
export function createRecovery(questions: OpenQuestions, now: () => Date): Recovery {
  let nextMarkerMs = 0;
  return {
    look: async () => {
      const at = now();
      if (at.getTime() < nextMarkerMs) return;
      if (!(await questions.anySince(new Date(at.getTime() - waitingMsMax)))) return;
      await questions.sendMarker(at);
      nextMarkerMs = at.getTime() + markerEveryMs;
    },
    markerIsBack: (sentAt) => questions.askAgain(new Date(sentAt.getTime() - overlapMs)),
  };
}
