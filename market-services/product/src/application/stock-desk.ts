import type { Release, StockRequest, Verdict } from '../domain/stock-check.ts';

/** Checks the stock for orders. */
export interface StockDesk {
  /** Resolves to whether the effect was made now or had been made before. */
  check(eventId: string, request: StockRequest): Promise<'processed' | 'duplicate'>;
  /** Returns what an order had taken, now that it is canceled. */
  release(eventId: string, request: StockRequest): Promise<'processed' | 'duplicate'>;
  /** Sends a marker back, behind the answers to what was asked before it. */
  returnMarker(eventId: string, marker: Marker): Promise<'processed'>;
}

/** Tells the order service by its return that everything asked before it has been answered. */
export interface Marker {
  readonly sentAt: string;
}

/** Where stock is kept, together with the events already handled and the answers to publish. */
export interface StockLedger {
  /**
   * Lessens the stock if it holds enough, records the event and the answer: all or nothing, and
   * once per event. Undefined when the event had been handled before; its answer is then published
   * again if it left long ago.
   */
  checkOnce(eventId: string, request: StockRequest): Promise<Verdict | 'canceled' | undefined>;
  /**
   * Adds back what the order had taken and answers, under the same promise. An order that is
   * canceled before it was checked will take nothing.
   */
  releaseOnce(eventId: string, request: StockRequest): Promise<Release | undefined>;
  /** Records a marker and its return, once per event. */
  returnOnce(eventId: string, marker: Marker): Promise<void>;
}

export interface StockDeskParts {
  readonly ledger: StockLedger;
  /** Counts the verdict. */
  readonly count: (verdict: Verdict | 'canceled') => void;
  readonly countRelease: (release: Release) => void;
  /** Says that an answer waits to be published. */
  readonly answerWaits: () => void;
}

/**
 * Lists are left in the cache: nobody reads a reservation as his own write, and with every order
 * clearing them no page would live to be read twice. The stock in a list is up to its time to live
 * old; by id it is as the replica has it.
 */
export function createStockDesk(parts: StockDeskParts): StockDesk {
  return {
    check: async (eventId, request) => {
      const verdict = await parts.ledger.checkOnce(eventId, request);
      parts.answerWaits();
      if (verdict === undefined) return 'duplicate';
      parts.count(verdict);
      return 'processed';
    },
    release: async (eventId, request) => {
      const release = await parts.ledger.releaseOnce(eventId, request);
      parts.answerWaits();
      if (release === undefined) return 'duplicate';
      parts.countRelease(release);
      return 'processed';
    },
    returnMarker: async (eventId, marker) => {
      await parts.ledger.returnOnce(eventId, marker);
      parts.answerWaits();
      return 'processed';
    },
  };
}
