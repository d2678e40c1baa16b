import { setTimeout as sleep } from 'node:timers/promises';
import { createPools } from '@sprout/data';
import { dataServers, mariadbNames, redisNodeNames } from '@sprout/data/servers';
import { quietTelemetry, startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { listener } from '@sprout/process';
import type { ConfigInput } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { seededRandom } from '../../load/src/traffic/random.ts';
import { serviceProcesses } from '../../src/processes.ts';
import { direct } from '../market.ts';
import { compareBooks, unsettled } from './order-books.ts';
import type { Books, Discrepancies } from './order-books.ts';
import { createCustomers } from './customers.ts';
import type { Customers } from './customers.ts';

export interface ChaosOptions {
  /** Orders to be accepted. */
  readonly orders: number;
  /** Kills spread at random over them. */
  readonly kills: number;
  readonly seed: number;
  /** One MariaDB and one Redis, or two and six that replace each other; `single` without. */
  readonly data?: 'single' | 'cluster';
  /** Told about once a second. */
  readonly onProgress: (progress: Progress) => void;
}

export interface Progress {
  readonly accepted: number;
  readonly refused: number;
  readonly kills: number;
  /** Orders, cancellations and events that wait for something, when the databases last answered. */
  readonly waiting: number;
}

export interface ChaosVerdict extends Discrepancies {
  readonly accepted: number;
  readonly canceled: number;
  readonly killed: Readonly<Record<string, number>>;
  /** Orders and events that waited for something when patience was over; to be 0. */
  readonly stuck: number;
  /** From the last order to the moment when nothing waited any more. */
  readonly recoverySeconds: number;
  readonly seconds: number;
}

/** Who may be killed. One in two is a server of data: those of a cluster are eight. */
const servers = {
  single: ['redis', 'mariadb'],
  cluster: [...mariadbNames, ...redisNodeNames, 'data-keeper'],
} as const;
const services = ['order', 'product'] as const;

/** Whichever server leads, without the proxies for faults. */
const leading = {
  primary: listener('mysql-primary', 'mysql'),
  replica: listener('mysql-replica', 'mysql'),
};
const directCluster: ConfigInput['market'] = {
  data: 'cluster',
  databases: { account: leading, order: leading, product: leading },
};
const customersAtOnce = 16;
/** The promise: recovered within three minutes. */
const recoveryMsMax = 180_000;
/** Kills are what is asked for here, so the supervisor does not lose heart. */
const restartPolicy = {
  firstDelayMs: 100,
  delayMsMax: 500,
  startAttemptsMax: 10,
  restartsMax: 100_000,
  steadyMs: 1_000,
};

/**
 * Places orders, and calls some off, while services, queue and database are killed at random;
 * then compares what the customers were told with what the databases have.
 */
export async function runOrderChaos(options: ChaosOptions): Promise<ChaosVerdict> {
  const { data = 'single' } = options;
  const telemetry = quietTelemetry();
  const market = await startPrivately(
    (config) => [
      ...dataServers(config),
      ...serviceProcesses(config).filter(({ name }) => name === 'order' || name === 'product'),
    ],
    data === 'cluster' ? directCluster : direct,
    {},
    { restartPolicy },
  );
  const open = (name: 'order' | 'product') =>
    createPools(market.config, {
      ...market.config.market.databases[name],
      database: `market_${name}`,
      telemetry,
    });
  const pools = { order: open('order'), product: open('product') };
  try {
    return await run(
      market,
      { order: pools.order.primary, product: pools.product.primary },
      options,
    );
  } finally {
    await Promise.all([pools.order.close(), pools.product.close()]);
    await market.stop();
    await telemetry.shutdown();
  }
}

async function run(
  market: PrivateProcesses,
  books: Books,
  options: ChaosOptions,
): Promise<ChaosVerdict> {
  const startMs = performance.now();
  const random = seededRandom(options.seed);
  const customers = await createCustomers(market.config, { orders: options.orders, random });
  const { killed, kill } = createKiller(market, options.data ?? 'single', random);
  let waiting = 0;
  const ticker = setInterval(() => {
    options.onProgress({ ...progressOf(customers, killed), waiting });
    void unsettled(books)
      .then((left) => (waiting = left))
      // A database that is being killed does not say; the figure before stands.
      .catch(() => undefined);
  }, 1_000);
  try {
    const plan = planKills(options, random);
    const lane = async () => {
      while (customers.accepted.size < options.orders) {
        await customers.order();
        while (customers.accepted.size >= (plan[0] ?? Infinity)) {
          plan.shift();
          // Between two lives there is nothing to kill: the next order will do.
          void kill().catch(() => plan.unshift(0));
        }
      }
    };
    await Promise.all(Array.from({ length: customersAtOnce }, lane));
    const lastMs = performance.now();
    const stuck = await settle(books);
    return {
      ...(await compareBooks(books, customers)),
      accepted: customers.accepted.size,
      canceled: customers.canceled.size,
      killed: Object.fromEntries(killed),
      stuck,
      recoverySeconds: (performance.now() - lastMs) / 1000,
      seconds: (performance.now() - startMs) / 1000,
    };
  } finally {
    clearInterval(ticker);
  }
}

/** The numbers of accepted orders at which something is killed. */
function planKills({ orders, kills }: ChaosOptions, random: () => number): number[] {
  return Array.from({ length: kills }, () => 1 + Math.floor(random() * orders)).sort(
    (a, b) => a - b,
  );
}

function createKiller(market: PrivateProcesses, data: 'single' | 'cluster', random: () => number) {
  const oneOf = (names: readonly string[]) => names[Math.floor(random() * names.length)] ?? '';
  const killed = new Map<string, number>();
  return {
    killed,
    /** Whoever is just starting is killed in the middle of that. */
    kill: async () => {
      const victim = oneOf(random() < 0.5 ? services : servers[data]);
      await market.stack.kill(victim);
      killed.set(victim, (killed.get(victim) ?? 0) + 1);
    },
  };
}

/** Waits until nothing waits any more, and stays so for a moment; resolves to what is left. */
async function settle(books: Books): Promise<number> {
  let left = Infinity;
  const calm = async () => {
    left = await unsettled(books);
    if (left > 0) return false;
    await sleep(500);
    left = await unsettled(books);
    return left === 0;
  };
  try {
    await eventually('nothing waits', calm, recoveryMsMax);
  } catch {
    // What is left is the verdict.
  }
  return left;
}

function progressOf(
  customers: Customers,
  killed: ReadonlyMap<string, number>,
): Omit<Progress, 'waiting'> {
  const kills = [...killed.values()].reduce((sum, one) => sum + one, 0);
  return { accepted: customers.accepted.size, refused: customers.refused(), kills };
}
