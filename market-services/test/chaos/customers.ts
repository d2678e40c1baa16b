import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, listener } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { z } from 'zod';
import { call } from '../market.ts';
import type { Told } from './order-books.ts';

/** People who order once each; some change their mind. */
export interface Customers extends Told {
  /** One customer places one order, and perhaps calls it off; the next is not slowed by that. */
  order(): Promise<void>;
  /** Requests that nobody answered well: the order may be placed or not. */
  refused(): number;
}

const productsCount = 5;
const canceledFraction = 0.2;
const quantityMax = 3;
const pauseAfterRefusalMs = 100;

/** Makes products with stock for about six in ten of the orders, so that both verdicts occur. */
export async function createCustomers(
  config: SproutConfig,
  { orders, random }: { readonly orders: number; readonly random: () => number },
): Promise<Customers> {
  const base = (service: string) =>
    addressOf(config, listener(service)) ?? `http://${service}.is.not.there.invalid`;
  const stockEach = Math.ceil((orders * 2 * 0.6) / productsCount);
  const stock = new Map<string, number>();
  for (let index = 0; index < productsCount; index++) {
    stock.set(await makeProduct(base('product'), stockEach), stockEach);
  }
  const accepted = new Set<string>();
  const canceled = new Set<string>();
  let refused = 0;
  const ask = async (method: string, path: string, json: unknown, status: number) => {
    try {
      const answer = await call(`${base('order')}/orders${path}`, { method, json });
      if (answer.status === status) return answer.body;
      // Already called off, or not there: an answer, though not the one hoped for.
      if (answer.status < 500) return undefined;
    } catch {
      // The service is down; whether it has the order, nobody was told.
    }
    refused += 1;
    await sleep(pauseAfterRefusalMs);
    return undefined;
  };
  return {
    stock,
    accepted,
    canceled,
    refused: () => refused,
    order: async () => {
      const productId = [...stock.keys()][Math.floor(random() * productsCount)];
      const quantity = 1 + Math.floor(random() * quantityMax);
      const changesMind = random() < canceledFraction;
      const body = await ask('POST', '', { accountId: randomUUID(), productId, quantity }, 201);
      if (body === undefined) return;
      const { id } = created.parse(body);
      accepted.add(id);
      if (!changesMind) return;
      const gone = await ask('PATCH', `/${id}`, { orderState: 'canceled' }, 200);
      if (gone !== undefined) canceled.add(id);
    },
  };
}

const created = z.object({ id: z.string() });

function makeProduct(product: string, stock: number): Promise<string> {
  const json = { name: 'Scarce', description: '', image: 'https://x.example/1', price: 700, stock };
  return eventually('a product is made', async () => {
    const { body } = await call(`${product}/products`, { method: 'POST', json });
    return created.parse(body).id;
  });
}
