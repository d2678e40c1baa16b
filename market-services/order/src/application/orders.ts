import type { PageCache } from '@sprout/data';
import { pageWindow, toPage } from '../../../src/api/paging.ts';
import type { Page, PageQuery } from '../../../src/api/paging.ts';
import type { Moved, OrderRepository } from '../domain/order-repository.ts';
import {
  assertMayMove,
  assertMayPlace,
  assertSees,
  assertSeesAll,
  seesAll,
} from '../domain/caller.ts';
import type { Caller } from '../domain/caller.ts';
import { answers, OrderKeyReused, OrderNotFound } from '../domain/order.ts';
import type { AskableState, OpenState, Order, OrderRequest, OrderState } from '../domain/order.ts';
import { toOrderView } from './order-view.ts';
import type { OrderView } from './order-view.ts';

/** What somebody can do with orders; what is not for them is refused, or not there. */
export interface Orders {
  /**
   * The order is pending; the stock check decides later. With a key that the caller has sent before,
   * the order of that time, as it stands; OrderKeyReused when that was another.
   */
  place(caller: Caller, request: OrderRequest, key?: string): Promise<Placed>;
  get(caller: Caller, id: string): Promise<OrderView>;
  /** A customer's own are never cached: each would be a list by itself. */
  list(caller: Caller, query: PageQuery): Promise<Page<OrderView>>;
  /** Never cached: who works through it must not meet what is done already. */
  listInState(
    caller: Caller,
    state: OrderState,
    before: Date,
    query: PageQuery,
  ): Promise<Page<OrderView>>;
  /** A cancellation asks for the stock back, if any was taken. */
  move(caller: Caller, id: string, to: AskableState): Promise<OrderView>;
  /** The gateway lets only operators ask for it. */
  remove(id: string): Promise<void>;
}

/** An order, and whether it is one more. */
export interface Placed {
  readonly order: OrderView;
  readonly isNew: boolean;
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

/** The use cases; errors are those of the domain. */
export function createOrders(parts: OrdersParts): Orders {
  const { repository, pages, newId, now, eventWaits } = parts;
  const readPage = async (query: PageQuery) => {
    const orders = await repository.list(...pageWindow(query));
    return toPage(orders.map(toOrderView), query);
  };
  return {
    place: async (caller, request, key) => {
      assertMayPlace(caller, request);
      const order: Order = {
        id: newId(),
        ...request,
        price: 0,
        orderDate: now(),
        orderState: 'pending',
      };
      const { subject } = caller;
      const stored = await repository.place(order, key === undefined ? key : { subject, key });
      if (stored.id !== order.id) {
        if (!answers(stored, request)) throw new OrderKeyReused();
        return { order: toOrderView(stored), isNew: false };
      }
      eventWaits();
      await pages.invalidate();
      return { order: toOrderView(stored), isNew: true };
    },
    get: async (caller, id) => {
      const order = found(id, await repository.find(id));
      assertSees(caller, order);
      return toOrderView(order);
    },
    list: async (caller, query) => {
      if (seesAll(caller)) return pages.read(query, () => readPage(query));
      const own = await repository.listOf(caller.subject, ...pageWindow(query));
      return toPage(own.map(toOrderView), query);
    },
    listInState: async (caller, state, before, query) => {
      assertSeesAll(caller);
      const orders = await repository.listInState(state, before, ...pageWindow(query));
      return toPage(orders.map(toOrderView), query);
    },
    move: async (caller, id, to) => {
      const step = { to, at: now(), eventId: newId() };
      const check = (order: Order) => assertMayMove(caller, order, to);
      const { order, from } = found(id, await repository.move(id, step, check));
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
