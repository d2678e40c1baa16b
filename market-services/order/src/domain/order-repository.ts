import type { AskableState, OpenState, Order, OrderState } from './order.ts';

/** A change of state that somebody asked for. */
export interface Step {
  readonly to: AskableState;
  readonly at: Date;
  /** TSID of the event that tells of it. */
  readonly eventId: string;
}

/** What a caller calls a request, to be able to repeat it; another caller's is another. */
export interface RequestKey {
  readonly subject: string;
  readonly key: string;
}

/** What a step made of an order. */
export interface Moved {
  readonly order: Order;
  readonly from: OpenState;
}

/** Where orders are kept. */
export interface OrderRepository {
  /**
   * Stores an order together with the event that tells of it: both or neither, and returns it. Under
   * a key that an order was stored under before nothing is stored; that one is returned as it stands.
   */
  place(order: Order, key?: RequestKey): Promise<Order>;
  /** May lag behind the last write. */
  find(id: string): Promise<Order | undefined>;
  /** Newest first. */
  list(limit: number, offset: number): Promise<Order[]>;
  /** Those of an account, newest first. */
  listOf(accountId: string, limit: number, offset: number): Promise<Order[]>;
  /** Those in a state since before a time, oldest change first. */
  listInState(state: OrderState, before: Date, limit: number, offset: number): Promise<Order[]>;
  /**
   * Undefined when there is none; throws what `check` throws, and OrderNotSettled for a step that
   * is not allowed. A cancellation is stored together with the event that asks for the stock back.
   */
  move(id: string, step: Step, check: (order: Order) => void): Promise<Moved | undefined>;
  /** Whether there was one; only a canceled order goes, else OrderNotSettled. */
  remove(id: string): Promise<boolean>;
}
