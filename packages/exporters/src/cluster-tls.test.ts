import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dataServers } from '@sprout/data/servers';
import { startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { addressOf, listener } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { exporterProcesses } from './index.ts';

/** A node of a cluster that takes TLS alone; an exporter is asked about it. */
const node = listener('redis-1', 'redis');
const services = [
  {
    name: 'redis',
    job: 'redis',
    endpoint: listener('redis-exporter'),
    metricsPath: '/scrape',
    probe: { endpoint: node, path: '', scheme: 'rediss' as const },
  },
];
let running: PrivateProcesses;

before(async () => {
  running = await startPrivately(
    (config) => [
      ...dataServers(config).filter(({ name }) => name === 'redis-1'),
      ...exporterProcesses({ services }),
    ],
    { data: 'cluster', tls: true },
  );
});
after(() => running?.stop());

test('a node of a cluster lets the exporter in over TLS', async () => {
  const asked = async (scheme: string) => {
    const target = `${scheme}://${addressOf(running.config, node)}`;
    const exporter = addressOf(running.config, listener('redis-exporter'));
    return (await fetch(`${exporter}/scrape?${new URLSearchParams({ target })}`)).text();
  };
  const isUp = /^redis_up 1$/m;
  await eventually('its metrics', async () => isUp.test(await asked('rediss')));
  assert.match(await asked('rediss'), /^redis_cluster_known_nodes 1$/m);
  assert.doesNotMatch(await asked('redis'), isUp, 'it takes nothing else');
});
