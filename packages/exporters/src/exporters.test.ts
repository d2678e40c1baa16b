import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { rootCertificates } from 'node:tls';
import { certificateFiles, mariadbProcess, redisProcess } from '@sprout/data/servers';
import { startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { addressOf, listener, secret } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { exporterProcesses } from './index.ts';

const names = ['mysqld-exporter', 'redis-exporter', 'node-exporter', 'blackbox-exporter'];
const servicesOf = (exporters: readonly string[]) =>
  exporters.map((name) => ({ name, job: name, endpoint: listener(name), metricsPath: '/metrics' }));
let running: PrivateProcesses;

/** MariaDB and Redis with exporters, while the tests of a suite run. */
function withExporters(exporters: readonly string[], market: { tls: boolean }) {
  before(async () => {
    // One that is given in the environment reaches nobody through it.
    process.env['SPROUT_SECRET_MYSQL_EXPORTER'] = 'exporter-from-the-environment';
    const started = exporterProcesses({ services: servicesOf(exporters) });
    running = await startPrivately([mariadbProcess(), redisProcess(), ...started], market);
  });
  after(async () => {
    delete process.env['SPROUT_SECRET_MYSQL_EXPORTER'];
    await running?.stop();
  });
}

const read = async (name: string, path = '/metrics'): Promise<string> => {
  const response = await fetch(`${addressOf(running.config, listener(name))}${path}`);
  assert.equal(response.status, 200);
  return response.text();
};

/** Polls until the exporter says it: a server may need a moment to let it in. */
const says = (name: string, pattern: RegExp, path?: string) =>
  eventually(
    `${name} says ${pattern}`,
    async () => pattern.test(await read(name, path)) || undefined,
  );

async function serversAreSeen(): Promise<void> {
  await says('mysqld-exporter', /^mysql_up 1$/m);
  await says('mysqld-exporter', /^mysql_global_status_threads_running [1-9]/m);
  await says('redis-exporter', /^redis_up 1$/m);
  await says('redis-exporter', /^redis_slowlog_length \d/m);
  await says('redis-exporter', /^redis_memory_max_bytes 1\.34217728e\+08$/m);
}

function passwordsAreHidden(): void {
  const passwords = (['mysql-exporter', 'redis-exporter'] as const).map((name) =>
    secret(running.config, name),
  );
  for (const path of ['mysqld-exporter/my.cnf', 'redis-exporter/passwords.json']) {
    assert.equal(statSync(join(running.config.dataDir, path)).mode & 0o777, 0o600);
  }
  for (const { name, pid } of running.stack.status()) {
    for (const list of ['cmdline', 'environ']) {
      const text = readFileSync(`/proc/${pid}/${list}`, 'latin1');
      for (const password of passwords) assert.ok(!text.includes(password), `${name} ${list}`);
    }
  }
}

test('an exporter that no service is scraped from is not started', () => {
  assert.deepEqual(
    exporterProcesses({ services: servicesOf(['node-exporter']) }).map(({ name }) => name),
    ['node-exporter'],
  );
});

describe('beside servers that speak plainly', () => {
  withExporters(names, { tls: false });

  test('MariaDB and Redis let their exporters in, and the machine is measured', async () => {
    await serversAreSeen();
    await says('node-exporter', /^node_memory_MemAvailable_bytes \d/m);
  });

  test('what is reached from outside is told from what is not', async () => {
    const mysql = addressOf(running.config, listener('mariadb', 'mysql'));
    const probe = (target: string) => `/probe?${new URLSearchParams({ module: 'tcp', target })}`;
    await says('blackbox-exporter', /^probe_success 1$/m, probe(mysql ?? ''));
    await says('blackbox-exporter', /^probe_success 0$/m, probe('127.0.0.1:1'));
  });

  test('passwords stand in files for their owner only, and in no process list', passwordsAreHidden);
});

describe('beside servers that take TLS alone', () => {
  withExporters(['mysqld-exporter', 'redis-exporter'], { tls: true });

  test('MariaDB and Redis let their exporters in', serversAreSeen);

  test('passwords stand in files for their owner only, and in no process list', passwordsAreHidden);

  test('an exporter that trusts another authority gets no connection', async () => {
    writeFileSync(certificateFiles(running.config).ca, rootCertificates[0] ?? '');
    await running.stack.restart('mysqld-exporter');
    await says('mysqld-exporter', /^mysql_up 0$/m);
    await says('redis-exporter', /^redis_up 0$/m);
  });
});
