import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@sprout/process/testing';
import { writeSeries } from '@sprout/wire/testing';
import { freePort } from './alertmanager-process.ts';
import { endOf } from './own-program.ts';
import { timeSeries } from './prometheus-process.ts';
import type { WrittenSeries } from './prometheus-process.ts';

/** A Mimir of a test's own: every part in one process, tenants apart, its data in files. */
export interface TestMimir {
  /** Where queries go, with `/prometheus` at its end. */
  readonly url: string;
  /** Remote write of a tenant; rejects when Mimir refuses any of it. */
  write(tenant: string, series: readonly WrittenSeries[]): Promise<void>;
  stop(): Promise<void>;
}

/** Queries of a tenant that wait; one more is refused with 429. The rest of the tests ask four at once. */
export const waitingQueriesMax = 8;
/** Queries that run; Mimir takes no fewer. */
export const runningQueriesMax = 4;

/** Mimir takes its time to join its own rings. */
const readyMsMax = 90_000;

/** Starts the program at `file`; each tenant's `limits` are Mimir's overrides. */
export async function startMimir(
  file: string,
  limits: Readonly<Record<string, object>>,
): Promise<TestMimir> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-mimir-'));
  const ports = { http: await freePort(), grpc: await freePort(), gossip: await freePort() };
  const overrides = join(directory, 'overrides.yml');
  writeFileSync(overrides, JSON.stringify({ overrides: limits }));
  const config = join(directory, 'mimir.yml');
  writeFileSync(config, JSON.stringify(mimirConfig(directory, overrides, ports)));
  const child = spawn(file, [`-config.file=${config}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (chunk) => void said.push(String(chunk)));
  const stop = endOf(child, directory);
  const root = `http://127.0.0.1:${ports.http}`;
  const isReady = async () => (await fetch(`${root}/ready`)).ok;
  try {
    await eventually('Mimir is ready', isReady, readyMsMax);
  } catch (cause) {
    await stop();
    throw new Error(`Mimir did not start:\n${said.join('').slice(-2_000)}`, { cause });
  }
  return {
    url: `${root}/prometheus`,
    write: (tenant, series) =>
      writeSeries(`${root}/api/v1/push`, series.map(timeSeries), { 'x-scope-orgid': tenant }),
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
    querier: { max_concurrent: runningQueriesMax },
    query_scheduler: { ring, max_outstanding_requests_per_tenant: waitingQueriesMax },
  };
}
