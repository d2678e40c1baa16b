import type { Verdict } from '../domain/order.ts';

/** The answer of the stock check to an order. */
export interface StockAnswer {
  readonly orderId: string;
  readonly verdict: Verdict;
  /** Won. */
  readonly unitPrice: number;
}

/** Ends the saga of an order: approves or rejects it. */
export interface Settlement {
  /** Resolves to whether the effect was made now or had been made before. */
  settle(eventId: string, answer: StockAnswer): Promise<'processed' | 'duplicate'>;
}

/** What settling an order told. */
export interface Settled {
  readonly outcome: 'approved' | 'rejected';
  readonly placedAt: Date;
  /** Won for all pieces. */
  readonly price: number;
}

/** Where orders are settled, together with the events already handled. */
export interface SettlementLedger {
  /**
   * Settles a pending order and records the event: both or neither, once per event.
   * `duplicate` when the event was known; undefined when no pending order has this id.
   */
  settleOnce(eventId: string, answer: StockAnswer): Promise<Settled | 'duplicate' | undefined>;
}

export interface SettlementParts {
  readonly ledger: SettlementLedger;
  readonly now: () => Date;
  /** Observes how long the saga took. */
  readonly took: (outcome: Settled['outcome'], seconds: number) => void;
  /** Counts the won of an approved order. */
  readonly sold: (won: number) => void;
  /** Makes the new state visible to readers of lists. */
  readonly orderChanged: () => Promise<void>;
}

export function createSettlement(parts: SettlementParts): Settlement {
  return {
    settle: async (eventId, answer) => {
      const settled = await parts.ledger.settleOnce(eventId, answer);
      if (settled === 'duplicate') return 'duplicate';
      if (settled !== undefined) {
        const seconds = (parts.now().getTime() - settled.placedAt.getTime()) / 1000;
        parts.took(settled.outcome, seconds);
        if (settled.outcome === 'approved') parts.sold(settled.price);
        await parts.orderChanged();
      }
      return 'processed';
    },
  };
}
