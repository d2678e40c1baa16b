import type { PageCache } from '@sprout/data';
import { pageWindow, toPage } from '../../../src/api/paging.ts';
import type { Page, PageQuery } from '../../../src/api/paging.ts';
import type { Moved, OrderRepository } from '../domain/order-repository.ts';
import { OrderNotFound } from '../domain/order.ts';
import type { AskableState, OpenState, Order, OrderRequest, OrderState } from '../domain/order.ts';
import { toOrderView } from './order-view.ts';
import type { OrderView } from './order-view.ts';

/** What can be done with orders. */
export interface Orders {
  /** The order is pending; the stock check decides later. */
  place(request: OrderRequest): Promise<OrderView>;
  get(id: string): Promise<OrderView>;
  list(query: PageQuery): Promise<Page<OrderView>>;
  /** Never cached: who works through it must not meet what is done already. */
  listInState(state: OrderState, before: Date, query: PageQuery): Promise<Page<OrderView>>;
  /** A cancellation asks for the stock back, if any was taken. */
  move(id: string, to: AskableState): Promise<OrderView>;
  remove(id: string): Promise<void>;
}

export interface OrdersParts {
  readonly repository: OrderRepository;
  readonly pages: PageCache;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Says that an event waits to be published. */
  readonly eventWaits: () => void;
  /** Told of each step that somebody asked for. */
  readonly moved: (from: OpenState, to: AskableState) => void;
}

/** The use cases; errors are OrderNotFound and OrderNotSettled. */
export function createOrders(parts: OrdersParts): Orders {
  const { repository, pages, newId, now, eventWaits } = parts;
  return {
    place: async (request) => {
      const order: Order = {
        id: newId(),
        ...request,
        price: 0,
        orderDate: now(),
        orderState: 'pending',
      };
      await repository.place(order);
      eventWaits();
      await pages.invalidate();
      return toOrderView(order);
    },
    get: async (id) => toOrderView(found(id, await repository.find(id))),
    list: (query) =>
      pages.read(query, async () => {
        const orders = await repository.list(...pageWindow(query));
        return toPage(orders.map(toOrderView), query);
      }),
    listInState: async (state, before, query) => {
      const orders = await repository.listInState(state, before, ...pageWindow(query));
      return toPage(orders.map(toOrderView), query);
    },
    move: async (id, to) => {
      const step = { to, at: now(), eventId: newId() };
      const { order, from } = found(id, await repository.move(id, step));
      if (to === 'canceled') eventWaits();
      parts.moved(from, to);
      await pages.invalidate();
      return toOrderView(order);
    },
    remove: async (id) => {
      if (!(await repository.remove(id))) throw new OrderNotFound(id);
      await pages.invalidate();
    },
  };
}

function found<T extends Order | Moved>(id: string, result: T | undefined): T {
  if (result === undefined) throw new OrderNotFound(id);
  return result;
}
