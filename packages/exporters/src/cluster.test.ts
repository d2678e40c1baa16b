import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dataServers, redisNodeNames } from '@sprout/data/servers';
import { startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { addressOf, listener } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import {
  mysqlReplicaSignals,
  redisClusterSignals,
  redisReplicaSignals,
} from '@sprout/signals/exporters';
import { exporterProcesses } from './index.ts';

/** Two databases and six nodes of Redis, as `up --data cluster` starts them, seen by exporters. */
const services = [
  ...['mysqld-exporter', 'mysqld-exporter-2'].map((name) => ({
    name: 'mariadb',
    job: 'mysqld',
    endpoint: listener(name),
    metricsPath: '/metrics',
    probe: undefined,
  })),
  ...redisNodeNames.map((node) => ({
    name: 'redis',
    job: 'redis',
    endpoint: listener('redis-exporter'),
    metricsPath: '/scrape',
    probe: { endpoint: listener(node, 'redis'), path: '' },
  })),
];
let running: PrivateProcesses;

before(async () => {
  const wanted = exporterProcesses({ services });
  running = await startPrivately((config) => [...dataServers(config), ...wanted], {
    data: 'cluster',
  });
});
after(() => running?.stop());

/** What is scraped of a service, all its targets together. */
async function scraped(name: string): Promise<string> {
  const targets = services.filter((service) => service.name === name);
  const texts = await Promise.all(targets.map(read));
  return texts.join('\n');
}

async function read(service: (typeof services)[number]): Promise<string> {
  const target =
    service.probe === undefined ? '' : addressOf(running.config, service.probe.endpoint);
  const asked = target === '' ? '' : `?${new URLSearchParams({ target: target ?? '' })}`;
  const url = `${addressOf(running.config, service.endpoint)}${service.metricsPath}${asked}`;
  return (await fetch(url)).text();
}

const times = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

test('what the catalogues say of replicas and clusters is there', async () => {
  for (const [service, signals] of [
    ['mariadb', mysqlReplicaSignals],
    ['redis', [...redisClusterSignals, ...redisReplicaSignals]],
  ] as const) {
    for (const { name } of signals) {
      const line = new RegExp(`^${name}(\\{[^}]*\\})? \\d`, 'm');
      await eventually(`${service} says ${name}`, async () => line.test(await scraped(service)));
    }
  }
});

test('one server takes writes, the other follows; all nodes of Redis see a whole cluster', async () => {
  await eventually('roles', async () => {
    const text = await scraped('mariadb');
    return (
      times(text, /^mysql_global_variables_read_only 0$/gm) === 1 &&
      times(text, /^mysql_slave_status_slave_io_running\{.*\} 1$/gm) === 1
    );
  });
  await eventually('slots', async () => {
    const text = await scraped('redis');
    return times(text, /^redis_cluster_slots_ok 16384$/gm) === redisNodeNames.length;
  });
});

test('a node that hangs is told from those that answer', async () => {
  const [hanging, other] = services.filter(({ name }) => name === 'redis');
  assert.ok(hanging && other);
  const says = (service: typeof hanging, line: RegExp) =>
    eventually(String(line), async () => line.test(await read(service)));
  await running.stack.kill('redis-1', 'SIGSTOP');
  await says(hanging, /^redis_up 0$/m);
  await says(other, /^redis_cluster_state 1$/m);
  await running.stack.kill('redis-1', 'SIGCONT');
  await says(hanging, /^redis_up 1$/m);
});

test('no secret of the cluster stands on a command line or in an environment', () => {
  const { dataDir } = running.config;
  const secrets = readdirSync(join(dataDir, 'secrets'))
    .filter((name) => !name.includes('.'))
    .map((name) => readFileSync(join(dataDir, 'secrets', name), 'utf8'));
  assert.ok(secrets.length >= 6, String(secrets.length));
  const names = running.stack.status().map(({ name }) => name);
  assert.ok(names.includes('data-keeper') && names.includes('mysqld-exporter-2'), names.join());
  for (const { name, pid } of running.stack.status()) {
    for (const list of ['cmdline', 'environ']) {
      const text = readFileSync(`/proc/${pid}/${list}`, 'latin1');
      assert.notEqual(text, '');
      for (const secret of secrets) assert.ok(!text.includes(secret), `${name} ${list}`);
    }
  }
});
