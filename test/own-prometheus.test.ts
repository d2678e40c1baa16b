import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { findTool, loadConfig, startStack } from '@sprout/process';
import type { SproutConfig, Stack } from '@sprout/process';
import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { stackProcesses } from '../processes.ts';
import { getJson } from './public-apis.ts';
import { eventually } from '@sprout/process/testing';

/** docs/own-prometheus.md, as it stands there: somebody's Prometheus, and slo-service alone. */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(root, '.sprout', 'own-prometheus-'));
const configFile = join(folder, 'own.config.ts');
const run = promisify(execFile);
const shop = startShop();
let prometheus: Awaited<ReturnType<typeof startPrometheus>>;
let stack: Stack;
let config: SproutConfig;

before(async () => {
  prometheus = await startPrometheus(await shop.port());
  const page = readFileSync(join(root, 'docs', 'own-prometheus.md'), 'utf8');
  writeFileSync(configFile, /```ts\n(.*?)```/s.exec(page)?.[1] ?? '');
  const env = { ...process.env, SHOP_PROMETHEUS: prometheus.url, SHOP_DATA: join(folder, 'data') };
  const built = join(folder, 'config.json');
  const { stdout } = await run(
    join(root, 'sprout'),
    ['config', 'build', '--config', configFile, '--json'],
    { env, maxBuffer: 1e7 },
  );
  writeFileSync(built, stdout);
  config = { ...loadConfig(built), ports: { 'slo-service': 0 } };
  stack = await startStack(stackProcesses(config), config, { only: ['slo-service'] });
});
after(async () => {
  await stack?.stop();
  prometheus?.stop();
  shop.close();
  rmSync(folder, { recursive: true, force: true });
});

test('slo-service keeps the ledger of promises on a Prometheus that is not ours', async () => {
  const service = stack.status().find(({ name }) => name === 'slo-service');
  const status = await eventually('requests are metered', async () => {
    const url = `${service?.addresses['http']}/api/v1/objectives/shop-latency`;
    const found = (await getJson(url)) as ObjectiveStatus;
    return found.budget.valid > 100 ? found : undefined;
  });
  // One request in ten fails, and the shop answers nothing slowly.
  assert.equal(status.verdict, 'broken');
  assert.ok(
    Math.abs((status.budget.compliance ?? 0) - 0.9) < 0.02,
    String(status.budget.compliance),
  );
});

test('its rules pass promtool and leave what else is in the folder', async () => {
  const rules = join(folder, 'rules');
  const build = ['alerts', 'build', '--config', configFile, '--out', rules];
  const env = { ...process.env, SHOP_PROMETHEUS: prometheus.url };
  await run(join(root, 'sprout'), build, { env });
  writeFileSync(join(rules, 'mine.yml'), 'groups: []\n');
  await run(join(root, 'sprout'), build, { env });
  assert.equal(readFileSync(join(rules, 'mine.yml'), 'utf8'), 'groups: []\n');
  const { stdout } = await run(findTool('promtool'), ['check', 'rules', join(rules, 'rules.yml')]);
  assert.match(stdout, /SUCCESS: \d+ rules found/);
});

/** Ten requests at each scrape, nine of them good. */
function startShop() {
  let scrapes = 0;
  const server = createServer((_request, response) => {
    scrapes += 1;
    const buckets = ['0.1', '0.5', '2', '+Inf'];
    const lines = [['200', 9] as const, ['404', 0] as const, ['500', 1] as const].flatMap(
      ([code, each]) => [
        ...buckets.map(
          (le) =>
            `http_request_duration_seconds_bucket{code="${code}",le="${le}"} ${each * scrapes}`,
        ),
        `http_request_duration_seconds_count{code="${code}"} ${each * scrapes}`,
        `http_request_duration_seconds_sum{code="${code}"} ${each * scrapes}`,
      ],
    );
    const start = 'process_start_time_seconds 1700000000';
    response.end(
      ['# TYPE http_request_duration_seconds histogram', ...lines, start, ''].join('\n'),
    );
  }).listen(0, '127.0.0.1');
  return {
    port: async () => {
      if (!server.listening) await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function startPrometheus(targetPort: number) {
  writeFileSync(
    join(folder, 'prometheus.yml'),
    `scrape_configs: [{job_name: shop, scrape_interval: 1s, static_configs: [{targets: ['127.0.0.1:${targetPort}']}]}]`,
  );
  const port = await freePort();
  const child = spawn(
    findTool('prometheus'),
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    'Prometheus is ready',
    async () => (await fetch(`${url}/-/ready`)).ok || undefined,
  );
  return { url, stop: () => child.kill('SIGKILL') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
