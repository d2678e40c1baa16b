/** What an order asks of the stock. */
export interface StockRequest {
  readonly orderId: string;
  readonly productId: string;
  readonly quantity: number;
}

export type Verdict = 'reserved' | 'out_of_stock' | 'unknown_product';

/** What a cancellation did: stock went back, or none had been taken. */
export type Release = 'returned' | 'nothing_taken';

/** The answer to an order; `unitPrice` is the price at the time of the reservation, in won. */
export interface StockAnswer {
  readonly orderId: string;
  readonly verdict: Verdict;
  readonly unitPrice: number;
}

/**
 * Judges a request: `taken` says whether the stock held enough and was lessened by it, `unitPrice`
 * is undefined when there is no such product.
 */
export function judge(
  { orderId }: StockRequest,
  unitPrice: number | undefined,
  taken: boolean,
): StockAnswer {
  if (unitPrice === undefined) return { orderId, verdict: 'unknown_product', unitPrice: 0 };
  return { orderId, verdict: taken ? 'reserved' : 'out_of_stock', unitPrice };
}
