import { eventually } from '@sprout/process/testing';
import { z } from 'zod';
import { call } from './market.ts';
import type { TestMarket } from './market.ts';

const ordersPage = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      productId: z.string(),
      quantity: z.number(),
      price: z.number(),
      orderState: z.enum(['pending', 'shipped', 'canceled', 'delivered']),
    }),
  ),
  hasNext: z.boolean(),
});
export type OrderView = z.infer<typeof ordersPage>['items'][number];

const created = z.object({ id: z.string() });
const product = z.object({ stock: z.number() });

/** Orders and looks at stock as tests need it, past the gateway. */
export interface OrderDesk {
  makeProduct(stock: number): Promise<string>;
  /** The order's id; undefined when the order was not accepted. */
  placeOrder(productId: string, quantity?: number): Promise<string | undefined>;
  /** The status of asking for a state; 0 when the service is down. */
  move(orderId: string, orderState: 'delivered' | 'canceled'): Promise<number>;
  /** All orders of a product once none is pending any more. */
  settled(productId: string, timeoutMs?: number): Promise<OrderView[]>;
  stockOf(productId: string): Promise<number>;
}

export function createOrderDesk(market: Pick<TestMarket, 'url'>): OrderDesk {
  const orders = (path = '') => `${market.url('order')}/orders${path}`;
  return {
    makeProduct: async (stock) => {
      const { body } = await call(`${market.url('product')}/products`, {
        method: 'POST',
        json: { name: 'Scarce', description: '', image: 'https://x.example/1', price: 700, stock },
      });
      return created.parse(body).id;
    },
    placeOrder: async (productId, quantity = 1) => {
      const accountId = '0193a5b0-7c00-7000-8000-000000000001';
      try {
        const json = { accountId, productId, quantity };
        const { status, body } = await call(orders(), { method: 'POST', json });
        return status === 201 ? created.parse(body).id : undefined;
      } catch {
        // The service is down; whether it has the order, nobody was told.
        return undefined;
      }
    },
    move: async (orderId, orderState) => {
      try {
        return (await call(orders(`/${orderId}`), { method: 'PATCH', json: { orderState } }))
          .status;
      } catch {
        // The service is down; whether it moved the order, nobody was told.
        return 0;
      }
    },
    settled: (productId, timeoutMs = 60_000) =>
      eventually(
        'all orders are settled',
        async () => {
          const all = await ordersOf(orders, productId);
          return all.some(({ orderState }) => orderState === 'pending') ? undefined : all;
        },
        timeoutMs,
      ),
    stockOf: async (productId) => {
      const { body } = await call(`${market.url('product')}/products/${productId}`);
      return product.parse(body).stock;
    },
  };
}

async function ordersOf(orders: (path: string) => string, productId: string) {
  const found: OrderView[] = [];
  for (let page = 0, more = true; more; page++) {
    const { body } = await call(orders(`?size=100&page=${page}`));
    const { items, hasNext } = ordersPage.parse(body);
    found.push(...items.filter((order) => order.productId === productId));
    more = hasNext;
  }
  return found;
}

/** Pieces in orders of a state. */
export function sum(orders: readonly OrderView[], ...states: OrderView['orderState'][]): number {
  return orders
    .filter(({ orderState }) => states.includes(orderState))
    .reduce((total, { quantity }) => total + quantity, 0);
}
