import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileConfig } from '@sprout/process';
import type { ConfigInput } from '@sprout/process';
import { faults } from '../catalogue.ts';
import type { KnownFault } from '../catalogue.ts';
import { idleReason } from './idle-reason.ts';

/** Faults that would change nothing for a market. */
function idleIn(market: NonNullable<ConfigInput['market']>): string[] {
  const input = { services: [], signals: [], objectives: [], dataDir: '/data', market };
  const config = compileConfig(input, '/');
  const known: readonly KnownFault[] = faults;
  return known
    .filter(({ data }) => data === undefined || data === config.market.data)
    .filter(({ effects }) => effects.some((effect) => idleReason(effect, config.market)))
    .map(({ name }) => name);
}

const url = { url: 'mysql://127.0.0.1:3306' };
const theirs = { primary: url, replica: url };

test('every fault changes something in a market of our own servers', () => {
  assert.deepEqual(idleIn({}), []);
  assert.deepEqual(idleIn({ data: 'cluster' }), []);
});

test('a foreign server is not behind a proxy of ours, and killing ours changes nothing', () => {
  assert.deepEqual(idleIn({ databases: { account: theirs, order: theirs, product: theirs } }), [
    'product-db-slow',
    'order-db-slow',
    'product-db-failing',
    'product-db-cut',
    'product-db-flapping',
    'mariadb-down',
  ]);
  assert.deepEqual(idleIn({ redis: { url: 'redis://127.0.0.1:6379' } }), [
    'redis-slow',
    'redis-cut',
    'redis-down',
    'redis-evicting',
  ]);
});

test('no event can be poisoned in Kafka, and no traffic stopped where there is none', () => {
  assert.deepEqual(idleIn({ queue: 'kafka' }), ['queue-poison']);
  assert.deepEqual(idleIn({ trafficRps: 0 }), ['traffic-gone']);
});
