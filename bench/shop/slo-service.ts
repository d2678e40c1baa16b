import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { addressOf, compileConfig, listener, saveConfig } from '@sprout/process';
import type { ConfigInput } from '@sprout/process';
import { heapFlags } from '@sprout/slo-service/figures';

/** An SLO service of the bench's own, as a process. */
export interface BenchService {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL('../../slo-service/src/main.ts', import.meta.url));

/** Starts the service on a configuration whose data lie in a directory. */
export async function startSloService(input: ConfigInput, dataDir: string): Promise<BenchService> {
  const config = compileConfig({ ...input, dataDir }, dataDir);
  const path = join(dataDir, 'config.json');
  saveConfig(config, path);
  const child = spawn(process.execPath, [...heapFlags(config.objectives.length), main], {
    env: { ...process.env, SPROUT_CONFIG: path },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const url = await untilPublished(() => addressOf(config, listener('slo-service')));
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function untilPublished(address: () => string | undefined): Promise<string> {
  for (;;) {
    const url = address();
    if (url !== undefined) return url;
    await sleep(20);
  }
}
