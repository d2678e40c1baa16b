import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startMariadb, startRedis, startSink } from '@sprout/instrumentation/testing';
import { createConnection } from 'mysql2/promise';
import { gentle, saturate } from './load.ts';
import { serviceCore, startService } from './measured-service.ts';
import type { MeasuredService, Surroundings } from './measured-service.ts';
import { median, quantile } from './statistics.ts';
import { variants } from './variant.ts';
import type { Variant } from './variant.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const warmUpRequests = 10_000;
const measuredRequests = 3000;
/** The slower of the two senders waits 5 s for company. */
const flushMs = 5500;
const gentleRps = 200;
const gentleSeconds = 2;
const checkedRequests = 50;

interface Measurement {
  readonly cpuUs: number;
  readonly rps: number;
  readonly p99Ms: number;
  readonly residentMb: number;
}

/**
 * CPU per request and p99 of one service: bare, with our instrumentation, and with
 * auto-instrumentations-node. Rounds are interleaved; the service has one core for itself.
 */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  if (!existsSync(`${here}node_modules`)) {
    console.error('installing what we compare with (npm ci) …');
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: here });
  }
  leaveServiceCore();
  const [mariadb, redis] = await Promise.all([startMariadb(), startRedis()]);
  const collector = await startBlackHole();
  const around = { mysqlPort: mariadb.port, redisPort: redis.port, collector: collector.url };
  try {
    await fill(mariadb.port);
    const telemetry = await checkTelemetry(around);
    const results = await measureRounds(around);
    report({ json, telemetry, results });
  } finally {
    collector.close();
    await Promise.all([mariadb.stop(), redis.stop()]);
  }
}

/** Load, databases and collector share the other cores; children inherit this. */
function leaveServiceCore(): void {
  const others = cpus().flatMap((_, core) => (core === serviceCore ? [] : [core]));
  if (others.length === 0) throw new Error('this bench needs two cores');
  execFileSync('taskset', ['-a', '-cp', others.join(','), String(process.pid)]);
}

async function fill(port: number): Promise<void> {
  const db = await createConnection({ host: '127.0.0.1', port, user: 'root' });
  await db.query('CREATE DATABASE bench');
  await db.query('CREATE TABLE bench.items (id INT PRIMARY KEY, name VARCHAR(50))');
  const rows = Array.from({ length: 1000 }, (_, n) => [n + 1, `item ${n + 1}`]);
  await db.query('INSERT INTO bench.items VALUES ?', [rows]);
  await db.end();
}

/** Takes everything, keeps nothing, so that receiving costs the load core little. */
async function startBlackHole() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Proves that the variants really emit telemetry: spans per request, by name. */
async function checkTelemetry(around: Surroundings) {
  const found: Record<string, Record<string, number>> = {};
  for (const variant of ['ours', 'auto'] as const) {
    const sink = await startSink();
    const service = await startService(variant, { ...around, collector: sink.url });
    await saturate(service.url, checkedRequests);
    await sleep(flushMs);
    await service.stop();
    await sleep(200);
    const counts = Object.groupBy(sink.spans, ({ kind, name }) => `${kind} ${name}`);
    found[variant] = Object.fromEntries(
      Object.entries(counts).map(([name, spans]) => [name, (spans?.length ?? 0) / checkedRequests]),
    );
    if (sink.spans.length < 3 * checkedRequests) {
      throw new Error(`${variant} sent ${sink.spans.length} spans for ${checkedRequests} requests`);
    }
    await sink.close();
  }
  return found;
}

/**
 * All variants run side by side on the service core and are loaded in turn, a slice at a time, so
 * that whatever else the machine does meets all of them alike.
 */
async function measureRounds(around: Surroundings): Promise<Record<Variant, Measurement[]>> {
  const results: Record<Variant, Measurement[]> = { bare: [], ours: [], auto: [] };
  const services = {
    bare: await startService('bare', around),
    ours: await startService('ours', around),
    auto: await startService('auto', around),
  };
  for (const variant of variants) await saturate(services[variant].url, warmUpRequests);
  for (let round = 1; round <= rounds; round += 1) {
    for (const variant of variants) {
      const one = await measure(variant, services[variant]);
      results[variant].push(one);
      console.error(
        `round ${round}/${rounds} ${variant.padEnd(4)} ${one.cpuUs.toFixed(1)} µs CPU/request, ` +
          `${one.rps.toFixed(0)} rps saturated, p99 ${one.p99Ms.toFixed(1)} ms at ${gentleRps} rps`,
      );
    }
  }
  await Promise.all(variants.map((variant) => services[variant].stop()));
  return results;
}

async function measure(variant: Variant, service: MeasuredService): Promise<Measurement> {
  const before = service.cpuSeconds();
  const { rps } = await saturate(service.url, measuredRequests);
  if (variant === 'ours') await (await fetch(`${service.url}/metrics`)).text();
  // What still waits in queues belongs to these requests.
  await sleep(flushMs);
  const cpuUs = ((service.cpuSeconds() - before) / measuredRequests) * 1e6;
  const latencies = await gentle(service.url, gentleRps, gentleSeconds);
  const residentMb = service.residentBytes() / 1e6;
  return { cpuUs, rps, p99Ms: quantile(latencies, 0.99), residentMb };
}

interface Report {
  readonly json: boolean;
  readonly telemetry: Record<string, Record<string, number>>;
  readonly results: Record<Variant, Measurement[]>;
}

function report({ json, telemetry, results }: Report): void {
  const rows = variants.map((variant) => summary(variant, results[variant]));
  const cpuOf = (variant: Variant) => median(results[variant].map(({ cpuUs }) => cpuUs));
  const ours = cpuOf('ours') - cpuOf('bare');
  const auto = cpuOf('auto') - cpuOf('bare');
  const ratio = ours / auto;
  if (json) {
    const spansPerRequest = telemetry;
    const overheadUs = { ours, auto, ratio };
    console.log(
      JSON.stringify({ node: process.version, rounds, rows, overheadUs, spansPerRequest }),
    );
    return;
  }
  console.table(Object.fromEntries(rows.map(({ variant, ...values }) => [variant, values])));
  console.log(`spans per request: ${JSON.stringify(telemetry, null, 2)}`);
  console.log(
    `overhead per request: ours ${ours.toFixed(1)} µs, auto ${auto.toFixed(1)} µs, ` +
      `ratio ${ratio.toFixed(2)} (aim ≤ 0.33)`,
  );
}

function summary(variant: Variant, all: readonly Measurement[]) {
  const middle = (pick: (one: Measurement) => number) => Number(median(all.map(pick)).toFixed(1));
  return {
    variant,
    'CPU µs/request': middle(({ cpuUs }) => cpuUs),
    'saturated rps': middle(({ rps }) => rps),
    [`p99 ms at ${gentleRps} rps`]: middle(({ p99Ms }) => p99Ms),
    'RSS MB': middle(({ residentMb }) => residentMb),
  };
}
