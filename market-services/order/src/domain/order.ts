/**
 * Placed → `pending`; approved → `shipped`, rejected or called off → `canceled`; handed over →
 * `delivered`.
 */
export const orderStates = ['canceled', 'delivered', 'pending', 'shipped'] as const;
export type OrderState = (typeof orderStates)[number];

/** A customer's order of one product. */
export interface Order {
  /** TSID. */
  readonly id: string;
  readonly accountId: string;
  readonly productId: string;
  /** Won for all pieces; 0 until the stock check has told the price. */
  readonly price: number;
  readonly quantity: number;
  readonly orderDate: Date;
  readonly orderState: OrderState;
}

/** What a customer asks for. */
export type OrderRequest = Pick<Order, 'accountId' | 'productId' | 'quantity'>;

/** Whether an order is what a request asks for. */
export function answers(order: Order, request: OrderRequest): boolean {
  return (
    order.accountId.toLowerCase() === request.accountId.toLowerCase() &&
    BigInt(order.productId) === BigInt(request.productId) &&
    order.quantity === request.quantity
  );
}

/** What the stock check said. */
export type Verdict = 'reserved' | 'out_of_stock' | 'unknown_product';

/** The state a verdict leads to. */
export function stateAfter(verdict: Verdict): OrderState {
  return verdict === 'reserved' ? 'shipped' : 'canceled';
}

/** What a person may ask for; verdicts do the rest. */
export const askableStates = ['delivered', 'canceled'] as const;
export type AskableState = (typeof askableStates)[number];

/** States that a person can end. */
export const openStates = ['pending', 'shipped'] as const;
export type OpenState = (typeof openStates)[number];

/** Whether a person may bring an order from one state to another. */
export function mayBecome(from: OrderState, to: AskableState): from is OpenState {
  // Called off before the verdict is there: the verdict then comes too late and changes nothing.
  if (from === 'pending') return to === 'canceled';
  return from === 'shipped';
}

export class OrderNotFound extends Error {
  override readonly name = 'OrderNotFound';
  constructor(id: string) {
    super(`there is no order ${id}`);
  }
}

export class OrderKeyReused extends Error {
  override readonly name = 'OrderKeyReused';
  constructor() {
    super('this Idempotency-Key came with another order before');
  }
}

export class OrderForbidden extends Error {
  override readonly name = 'OrderForbidden';
}

export class OrderNotSettled extends Error {
  override readonly name = 'OrderNotSettled';
  constructor(id: string, state: OrderState, wish: string) {
    super(`order ${id} is ${state} and cannot be ${wish}`);
  }
}
