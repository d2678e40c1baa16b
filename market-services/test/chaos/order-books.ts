import { uuidFromBytes } from '@sprout/data';
import type { Database } from '@sprout/data';
import { z } from 'zod';

/** Both sides of the saga, as their databases have them. */
export interface Books {
  readonly order: Database;
  readonly product: Database;
}

/** What was told to the customers of a run. */
export interface Told {
  /** Orders that were answered with 201. */
  readonly accepted: ReadonlySet<string>;
  /** Cancellations that were answered with 200. */
  readonly canceled: ReadonlySet<string>;
  /** Stock of each product when it was made. */
  readonly stock: ReadonlyMap<string, number>;
}

/** What is wrong in the books; every number is to be 0. */
export interface Discrepancies {
  /** Accepted orders that are not there, and cancellations that did not last. */
  readonly lost: number;
  /** Customers, who each ordered once, with more than one order. */
  readonly doubled: number;
  /** Pieces that appeared or vanished: stock + sold against the stock at the start. */
  readonly pieces: number;
}

/** Events and orders that still wait for something. */
export async function unsettled({ order, product }: Books): Promise<number> {
  const counts = await Promise.all([
    count(order, `SELECT COUNT(*) AS n FROM orders WHERE order_state = 'pending'`),
    count(order, 'SELECT COUNT(*) AS n FROM stock_owed'),
    count(order, 'SELECT COUNT(*) AS n FROM outbox WHERE published_at IS NULL'),
    count(product, 'SELECT COUNT(*) AS n FROM outbox WHERE published_at IS NULL'),
  ]);
  return counts.reduce((sum, one) => sum + one, 0);
}

/** Compares what was told with what the databases have. */
export async function compareBooks(books: Books, told: Told): Promise<Discrepancies> {
  const orders = (
    await books.order.rows('SELECT id, account_id, product_id, quantity, order_state FROM orders')
  ).map((row) => orderRow.parse(row));
  const states = new Map(orders.map(({ id, order_state: state }) => [id, state]));
  const missing = [...told.accepted].filter((id) => !states.has(id));
  const revived = [...told.canceled].filter((id) => states.get(id) !== 'canceled');
  return {
    lost: missing.length + revived.length,
    doubled: orders.length - new Set(orders.map((order) => order.account_id)).size,
    pieces: await strayPieces(books.product, orders, told.stock),
  };
}

async function strayPieces(
  product: Database,
  orders: readonly OrderRow[],
  atStart: ReadonlyMap<string, number>,
): Promise<number> {
  const now = new Map<string, number>();
  const add = (id: string, pieces: number) => now.set(id, (now.get(id) ?? 0) + pieces);
  for (const { product_id: id, quantity, order_state: state } of orders) {
    if (state === 'shipped' || state === 'delivered') add(id, quantity);
  }
  for (const row of await product.rows('SELECT id, stock FROM product')) {
    const { id, stock } = stockRow.parse(row);
    if (atStart.has(id)) add(id, stock);
  }
  return [...atStart].reduce((sum, [id, stock]) => sum + Math.abs(stock - (now.get(id) ?? 0)), 0);
}

async function count(database: Database, sql: string): Promise<number> {
  const [row] = await database.rows(sql);
  return Number(row?.['n']);
}

const orderRow = z.object({
  id: z.coerce.string(),
  account_id: z.instanceof(Buffer).transform((bytes) => uuidFromBytes(bytes)),
  product_id: z.coerce.string(),
  quantity: z.number(),
  order_state: z.string(),
});
type OrderRow = z.infer<typeof orderRow>;

const stockRow = z.object({ id: z.coerce.string(), stock: z.number() });
