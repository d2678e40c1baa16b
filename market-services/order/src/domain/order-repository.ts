import type { Order, OrderState } from './order.ts';

/** Where orders are kept. */
export interface OrderRepository {
  /** Stores an order together with the event that tells of it: both or neither. */
  place(order: Order): Promise<void>;
  /** May lag behind the last write. */
  find(id: string): Promise<Order | undefined>;
  /** Newest first. */
  list(limit: number, offset: number): Promise<Order[]>;
  /** Undefined when there is none; throws OrderNotSettled for a step that is not allowed. */
  move(id: string, to: OrderState): Promise<Order | undefined>;
  /** Whether there was one; only a canceled order goes, else OrderNotSettled. */
  remove(id: string): Promise<boolean>;
}
