import { z } from 'zod';
import type { HttpClient, PlannedRequest } from './http-client.ts';

/** What a visitor can ask for: the ids that exist in the shop. */
export interface Catalogue {
  readonly products: readonly string[];
  readonly accounts: readonly string[];
}

const listPage = z.object({ items: z.array(z.object({ id: z.string() })) });
const pageSize = 20;
const pages = 10;

/** Reads ids from the first list pages; empty lists while the shop is not up. */
export async function readCatalogue(client: HttpClient): Promise<Catalogue> {
  return {
    products: await readIds(client, '/product/products'),
    accounts: await readIds(client, '/account/accounts'),
  };
}

/** What visitors ask for: everything, only list pages, or only what no cache can answer. */
export type Mix = 'mixed' | 'pages' | 'database';

/** Plans requests of a mix. */
export function planFor(
  mix: Mix,
  catalogue: Catalogue,
  random: () => number,
): () => PlannedRequest {
  if (mix === 'mixed') return () => planRequest(catalogue, random);
  const lists = ['/product/products', '/account/accounts', '/order/orders'];
  if (mix === 'pages') return () => get(pagePath(pick(lists, random), random));
  return () => {
    const dice = random();
    const product = pick(catalogue.products, random);
    const account = pick(catalogue.accounts, random);
    if (dice < 0.6) return get(`/product/products/${product}`);
    return dice < 0.8 ? get(`/account/accounts/${account}`) : placeOrder(account, product, random);
  };
}

/**
 * Mixed traffic: cached page reads, uncached reads by id, and orders. Pages are random, so that
 * the cache's hit ratio is honest.
 */
export function planRequest(catalogue: Catalogue, random: () => number): PlannedRequest {
  const dice = random();
  const product = pick(catalogue.products, random);
  const account = pick(catalogue.accounts, random);
  if (dice < 0.2) return get(pagePath('/product/products', random));
  if (dice < 0.55) return get(`/product/products/${product}`);
  if (dice < 0.65) return get(pagePath('/account/accounts', random));
  if (dice < 0.8) return get(`/account/accounts/${account}`);
  if (dice < 0.88) return get(pagePath('/order/orders', random));
  return placeOrder(account, product, random);
}

function placeOrder(accountId: string, productId: string, random: () => number): PlannedRequest {
  const quantity = 1 + Math.floor(random() * 3);
  return { method: 'POST', path: '/order/orders', body: { accountId, productId, quantity } };
}

async function readIds(client: HttpClient, path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 0; page < pages; page += 1) {
    const answer = await client.send(get(`${path}?page=${page}&size=${pageSize}`));
    if (answer.outcome !== 'ok') return ids;
    const items = listPage.parse(JSON.parse(answer.body)).items;
    ids.push(...items.map((item) => item.id));
    if (items.length < pageSize) return ids;
  }
  return ids;
}

function pagePath(path: string, random: () => number): string {
  return `${path}?page=${Math.floor(random() * pages)}&size=${pageSize}`;
}

function get(path: string): PlannedRequest {
  return { method: 'GET', path };
}

function pick(values: readonly string[], random: () => number): string {
  return values[Math.floor(random() * values.length)] ?? 'none';
}
