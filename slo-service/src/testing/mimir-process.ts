import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sortedLabels } from '@sprout/wire';
import { writeSeries } from '@sprout/wire/testing';
import type { WrittenSeries } from './prometheus-process.ts';

/** A Mimir of a test's own: every part in one process, tenants apart, its data in files. */
export interface TestMimir {
  /** Where queries go, with `/prometheus` at its end. */
  readonly url: string;
  /** Remote write of a tenant; rejects when Mimir refuses any of it. */
  write(tenant: string, series: readonly WrittenSeries[]): Promise<void>;
  stop(): Promise<void>;
}

/** Mimir takes its time to join its own rings. */
const readyMsMax = 90_000;

/** Starts the program at `file`; each tenant's `limits` are Mimir's overrides. */
export async function startMimir(
  file: string,
  limits: Readonly<Record<string, object>>,
): Promise<TestMimir> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-mimir-'));
  const [http, grpc, gossip] = await freePorts(3);
  const overrides = join(directory, 'overrides.yml');
  writeFileSync(overrides, JSON.stringify({ overrides: limits }));
  const config = join(directory, 'mimir.yml');
  const ports = { http: http ?? 0, grpc: grpc ?? 0, gossip: gossip ?? 0 };
  writeFileSync(config, JSON.stringify(mimirConfig(directory, overrides, ports)));
  const child = spawn(file, [`-config.file=${config}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (chunk) => void said.push(String(chunk)));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(directory, { recursive: true, force: true });
  };
  const root = `http://127.0.0.1:${ports.http}`;
  if (!(await isReady(`${root}/ready`))) {
    await stop();
    throw new Error(`Mimir did not start:\n${said.join('').slice(-2_000)}`);
  }
  return {
    url: `${root}/prometheus`,
    write: (tenant, series) =>
      writeSeries(
        `${root}/api/v1/push`,
        series.map(({ labels, ...rest }) => ({
          labels: sortedLabels(Object.entries(labels)),
          ...rest,
        })),
        { 'x-scope-orgid': tenant },
      ),
    stop,
  };
}

/** JSON is YAML too. */
function mimirConfig(
  directory: string,
  overrides: string,
  ports: { readonly http: number; readonly grpc: number; readonly gossip: number },
) {
  const address = '127.0.0.1';
  const ring = { kvstore: { store: 'inmemory' }, instance_addr: address };
  const files = (name: string) => ({
    backend: 'filesystem',
    filesystem: { dir: join(directory, name) },
  });
  return {
    multitenancy_enabled: true,
    usage_stats: { enabled: false },
    activity_tracker: { filepath: join(directory, 'activity.log') },
    server: {
      http_listen_address: address,
      http_listen_port: ports.http,
      grpc_listen_address: address,
      grpc_listen_port: ports.grpc,
      log_level: 'warn',
    },
    memberlist: { bind_addr: [address], bind_port: ports.gossip, advertise_addr: address },
    runtime_config: { file: overrides },
    blocks_storage: {
      ...files('blocks'),
      tsdb: { dir: join(directory, 'tsdb') },
      bucket_store: { sync_dir: join(directory, 'sync') },
    },
    ruler: { rule_path: join(directory, 'rule-files'), ring },
    ruler_storage: files('rules'),
    alertmanager: { data_dir: join(directory, 'alertmanager'), sharding_ring: ring },
    alertmanager_storage: files('alertmanager-configs'),
    compactor: { data_dir: join(directory, 'compactor'), sharding_ring: ring },
    distributor: {
      ring,
      ha_tracker: { enable_ha_tracker: true, kvstore: { store: 'memberlist' } },
    },
    ingester: { ring: { ...ring, replication_factor: 1 } },
    store_gateway: { sharding_ring: { ...ring, replication_factor: 1 } },
    frontend: { address },
    frontend_worker: {},
    query_scheduler: { ring },
  };
}

async function isReady(url: string): Promise<boolean> {
  const untilMs = performance.now() + readyMsMax;
  while (performance.now() < untilMs) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return ports;
}
