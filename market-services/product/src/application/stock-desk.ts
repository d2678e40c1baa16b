import type { StockRequest, Verdict } from '../domain/stock-check.ts';

/** Checks the stock for orders. */
export interface StockDesk {
  /** Resolves to whether the effect was made now or had been made before. */
  check(eventId: string, request: StockRequest): Promise<'processed' | 'duplicate'>;
}

/** Where stock is kept, together with the events already handled and the answers to publish. */
export interface StockLedger {
  /**
   * Lessens the stock if it holds enough, records the event and the answer: all or nothing, and
   * once per event. Undefined when the event had been handled before; its answer is then published
   * again if it left long ago.
   */
  checkOnce(eventId: string, request: StockRequest): Promise<Verdict | undefined>;
}

export interface StockDeskParts {
  readonly ledger: StockLedger;
  /** Counts the verdict. */
  readonly count: (verdict: Verdict) => void;
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
      if (verdict === undefined) return 'duplicate';
      parts.answerWaits();
      parts.count(verdict);
      return 'processed';
    },
  };
}
