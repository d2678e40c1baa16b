import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileConfig, listener, readRunFile, saveConfig, startStack } from '@sprout/process';
import type { ConfigInput, ProcessSpec, SproutConfig, Stack } from '@sprout/process';
import { dataProcesses, serviceProcesses } from '../src/processes.ts';

/** A private market: real MariaDB, Redis and services on free ports, in a temporary directory. */
export interface TestMarket {
  readonly config: SproutConfig;
  readonly stack: Stack;
  /** Base URL of a process; it changes when the process is started again. */
  url(process: string): string;
  stop(): Promise<void>;
}

export interface TestMarketOptions {
  readonly processes?: readonly ProcessSpec[];
  readonly market?: ConfigInput['market'];
}

/** Starts everything but load and faults, or only the given processes. */
export async function startTestMarket({
  processes = [...dataProcesses(), ...serviceProcesses()],
  market = {},
}: TestMarketOptions = {}): Promise<TestMarket> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-market-'));
  const config = compileConfig({ ...emptyConfig, dataDir, market: { ...direct, ...market } }, '/');
  saveConfig(config, join(dataDir, 'config.json'));
  const stack = await startStack(processes, config, {});
  return {
    config,
    stack,
    url: (name) => publishedUrl(config, name),
    stop: async () => {
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Polls until `probe` gives something other than undefined; fails with its last words. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined>,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown = 'it never held';
  while (Date.now() < deadline) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await sleep(50);
  }
  throw new Error(`waited ${timeoutMs} ms for: ${what}`, { cause: last });
}

const mariadb = listener('mariadb', 'mysql');

/** Product reaches its database without the proxy for faults. */
const direct: ConfigInput['market'] = {
  databases: {
    account: { primary: mariadb, replica: mariadb },
    order: { primary: mariadb, replica: mariadb },
    product: { primary: mariadb, replica: mariadb },
  },
};

const emptyConfig: ConfigInput = {
  services: [],
  signals: [],
  objectives: [],
  ports: Object.fromEntries(
    ['gateway', 'account', 'order', 'product', 'mariadb', 'redis'].map((name) => [name, 0]),
  ),
};

function publishedUrl(config: SproutConfig, name: string): string {
  const url = readRunFile(config, name)?.addresses['http'];
  if (url === undefined) throw new Error(`${name} has not published where it listens`);
  return url;
}
