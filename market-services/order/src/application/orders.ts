import type { PageCache } from '@sprout/data';
import { pageWindow, toPage } from '../../../src/api/paging.ts';
import type { Page, PageQuery } from '../../../src/api/paging.ts';
import type { OrderRepository } from '../domain/order-repository.ts';
import { OrderNotFound } from '../domain/order.ts';
import type { Order, OrderRequest, OrderState } from '../domain/order.ts';
import { toOrderView } from './order-view.ts';
import type { OrderView } from './order-view.ts';

/** What can be done with orders. */
export interface Orders {
  /** The order is pending; the stock check decides later. */
  place(request: OrderRequest): Promise<OrderView>;
  get(id: string): Promise<OrderView>;
  list(query: PageQuery): Promise<Page<OrderView>>;
  move(id: string, to: OrderState): Promise<OrderView>;
  remove(id: string): Promise<void>;
}

export interface OrdersParts {
  readonly repository: OrderRepository;
  readonly pages: PageCache;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Says that an event waits to be published. */
  readonly eventWaits: () => void;
}

/** The use cases; errors are OrderNotFound and OrderNotSettled. */
export function createOrders({ repository, pages, newId, now, eventWaits }: OrdersParts): Orders {
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
    move: async (id, to) => {
      const order = found(id, await repository.move(id, to));
      await pages.invalidate();
      return toOrderView(order);
    },
    remove: async (id) => {
      if (!(await repository.remove(id))) throw new OrderNotFound(id);
      await pages.invalidate();
    },
  };
}

function found(id: string, order: Order | undefined): Order {
  if (order === undefined) throw new OrderNotFound(id);
  return order;
}
