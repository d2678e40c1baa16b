import { SproutError } from '@sprout/process';
import type { LoadResult } from './report/load-result.ts';
import { createLoadTally } from './report/load-result.ts';
import { poissonArrivals } from './traffic/arrivals.ts';
import { startGenerator } from './traffic/generator.ts';
import type { Generator, Observation } from './traffic/generator.ts';
import { createHttpClient } from './traffic/http-client.ts';
import type { HttpClient } from './traffic/http-client.ts';
import { seededRandom } from './traffic/random.ts';
import { planRequest, readCatalogue } from './traffic/shopper.ts';
import type { Catalogue } from './traffic/shopper.ts';

/** How long a visitor waits for an answer. */
const visitorPatienceMs = 10_000;

/** The shop that is visited. */
export interface Shop {
  readonly gatewayUrl: () => string;
  /** Says who is asking; without, only what everybody may read is answered. */
  readonly authorization?: (() => string | undefined) | undefined;
}

export interface LoadOptions extends Shop {
  readonly rps: number;
  readonly durationMs: number;
  readonly seed: number;
  /** Told of the result so far, once a second. */
  readonly onProgress: (result: LoadResult) => void;
  /** Aborting ends the load early; the result covers what was sent. */
  readonly signal: AbortSignal;
}

/**
 * Runs mixed traffic for a while and returns its result.
 * Throws SproutError `SHOP_EMPTY` when the gateway lists no products or accounts.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { client, catalogue } = await enterShop(options);
  const tally = createLoadTally();
  const startedMs = performance.now();
  const resultNow = () => tally.result(options.rps, performance.now() - startedMs);
  const generator = startTraffic(client, catalogue, options, (seen) => tally.add(seen));
  const ticker = setInterval(() => options.onProgress(resultNow()), 1000);
  options.signal.addEventListener('abort', () => generator.stop(), { once: true });
  await generator.done;
  clearInterval(ticker);
  client.close();
  return resultNow();
}

/**
 * Opens a client and reads what there is to ask for.
 * Throws SproutError `SHOP_EMPTY` when the gateway lists no products or accounts.
 */
export async function enterShop({ gatewayUrl, authorization }: Shop) {
  const client = createHttpClient(gatewayUrl, visitorPatienceMs, authorization);
  const catalogue = await readCatalogue(client);
  if (catalogue.products.length > 0 && catalogue.accounts.length > 0) return { client, catalogue };
  client.close();
  throw new SproutError('SHOP_EMPTY', `${gatewayUrl()} lists no products or accounts`, {
    hint: './sprout status shows whether the market is up',
  });
}

/** Starts mixed traffic on a client. */
export function startTraffic(
  client: HttpClient,
  catalogue: Catalogue,
  options: { readonly rps: number; readonly durationMs: number; readonly seed: number },
  observe: (observation: Observation) => void,
): Generator {
  const random = seededRandom(options.seed);
  return startGenerator({
    client,
    arrivals: poissonArrivals(options.rps, random),
    durationMs: options.durationMs,
    plan: () => planRequest(catalogue, random),
    observe,
  });
}
