import { SproutError } from '@sprout/process';
import type { Disturbance, Fault, FaultArea, FaultEffect, ProxyName } from './fault.ts';

/** Every fault there is, by what it breaks. */
export const faults = [
  fault('product-db-slow', 'database', 'every query of the product service takes 2.5 s longer', [
    proxy('product-db', { delayMs: 2500 }),
  ]),
  fault('order-db-slow', 'database', 'every query of the order service takes 2.5 s longer', [
    proxy('order-db', { delayMs: 2500 }),
  ]),
  fault('product-db-failing', 'database', 'every third query of product loses its connection', [
    proxy('product-db', { cutChance: 0.33 }),
  ]),
  fault('product-db-cut', 'database', 'the product service cannot reach its database', [
    proxy('product-db', { refuse: true }),
  ]),
  fault('product-db-flapping', 'database', 'the database of product goes and comes every 10 s', [
    { ...proxy('product-db', { refuse: true }), flapSeconds: 10 },
  ]),
  fault(
    'mariadb-down',
    'database',
    'the database server is killed and does not come back',
    [process('mariadb', 'down')],
    'single',
  ),
  fault(
    'replica-lagging',
    'database',
    'the replica of MySQL is 10 s behind',
    [{ kind: 'replica-delay', seconds: 10 }],
    'cluster',
  ),
  fault(
    'primary-lost',
    'database',
    'the primary of MySQL is killed and does not come back',
    [{ kind: 'role', role: 'mysql-primary', how: 'down' }],
    'cluster',
  ),
  fault(
    'redis-slow',
    'cache',
    'every command to Redis takes 0.4 s longer',
    [proxy('redis', { delayMs: 400 })],
    'single',
  ),
  fault(
    'redis-cut',
    'cache',
    'no service can reach Redis',
    [proxy('redis', { refuse: true })],
    'single',
  ),
  fault(
    'redis-down',
    'cache',
    'Redis is killed and does not come back',
    [process('redis', 'down')],
    'single',
  ),
  fault(
    'redis-node-lost',
    'cache',
    'a master of the Redis Cluster is killed and stays away',
    [{ kind: 'role', role: 'redis-master', how: 'down' }],
    'cluster',
  ),
  fault('redis-evicting', 'cache', 'Redis has hardly any memory left and throws out pages', [
    { kind: 'redis-memory' },
  ]),
  fault('queue-stuck', 'queue', 'the product service takes no orders from the queue', [
    { kind: 'flags', service: 'product', flags: { queueStuck: true } },
  ]),
  fault('queue-poison', 'queue', 'an event that nobody understands is in the queue of orders', [
    { kind: 'poison', stream: 'orders' },
  ]),
  fault('product-down', 'service', 'the product service is killed and does not come back', [
    process('product', 'down'),
  ]),
  fault('account-down', 'service', 'the account service is killed and does not come back', [
    process('account', 'down'),
  ]),
  fault('gateway-down', 'service', 'the gateway is killed and does not come back', [
    process('gateway', 'down'),
  ]),
  fault('product-paused', 'service', 'the product service stands still and answers nothing', [
    process('product', 'paused'),
  ]),
  fault('order-slow', 'service', 'every answer of the order service takes 3 s longer', [
    { kind: 'flags', service: 'order', flags: { delayMs: 3000 } },
  ]),
  fault('order-failing', 'service', 'every third request to the order service fails', [
    { kind: 'flags', service: 'order', flags: { failFraction: 0.33 } },
  ]),
  fault('account-leaking', 'service', 'the account service leaks memory up to near its limit', [
    { kind: 'flags', service: 'account', flags: { leakBytesPerSecond: 4_000_000 } },
  ]),
  fault('account-busy', 'service', 'the account service spends most of its time on nothing', [
    { kind: 'flags', service: 'account', flags: { busyFraction: 0.85 } },
  ]),
  fault('product-bad-deploy', 'service', 'a new version of product fails half of its requests', [
    { kind: 'deploy', service: 'product', title: 'product 2.0.0' },
    { kind: 'flags', service: 'product', flags: { failFraction: 0.5 } },
  ]),
  fault('order-clock-ahead', 'host', 'the clock of the order service is 10 minutes ahead', [
    { kind: 'flags', service: 'order', flags: { clockStepMs: 600_000 } },
  ]),
  fault('disk-nearly-full', 'host', 'a small file system of its own is 97 % full', [
    { kind: 'small-disk' },
  ]),
  fault('collector-down', 'platform', 'the collector is killed and does not come back', [
    process('collector', 'down'),
  ]),
  fault('prometheus-down', 'platform', 'Prometheus is killed and does not come back', [
    process('prometheus', 'down'),
  ]),
  fault('traffic-gone', 'traffic', 'nobody visits the market any more', [
    process('load', 'paused'),
  ]),
] as const satisfies readonly Fault[];

/** Names of all faults, as a label can have them. */
export const faultNames = faults.map(({ name }) => name);
export type FaultName = (typeof faults)[number]['name'];

/** A fault of this list. */
export type KnownFault = Fault & { readonly name: FaultName };

/** The fault of that name; throws SproutError `FAULT_UNKNOWN` listing those there are. */
export function faultNamed(name: string): KnownFault {
  const known: readonly KnownFault[] = faults;
  const found = known.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  throw new SproutError('FAULT_UNKNOWN', `there is no fault "${name}"`, {
    hint: `faults: ${faultNames.join(', ')}`,
  });
}

function fault<const N extends string>(
  name: N,
  area: FaultArea,
  summary: string,
  effects: readonly FaultEffect[],
  data?: Fault['data'],
) {
  return { name, area, summary, effects, ...(data && { data }) };
}

function proxy(name: ProxyName, disturbance: Disturbance) {
  return { kind: 'proxy', proxy: name, disturbance } as const;
}

function process(name: string, how: 'down' | 'paused') {
  return { kind: 'process', process: name, how } as const;
}
