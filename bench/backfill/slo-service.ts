import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { addressOf, compileConfig, listener, saveConfig } from '@sprout/process';
import type { ConfigInput } from '@sprout/process';

/** An SLO service of the bench's own, as a process. */
export interface BenchService {
  readonly url: string;
  readonly pid: number;
  /** User and system time so far, seconds. */
  cpuSeconds(): number;
  residentMb(): number;
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL('../../slo-service/src/main.ts', import.meta.url));
const ticksPerSecond = 100;

/** Starts the service on a configuration whose data lie in a directory. */
export async function startSloService(input: ConfigInput, dataDir: string): Promise<BenchService> {
  const config = compileConfig({ ...input, dataDir, ports: { 'slo-service': 0 } }, dataDir);
  const path = join(dataDir, 'config.json');
  saveConfig(config, path);
  // As the supervisor starts it.
  const heap = ['--max-semi-space-size=2', '--max-old-space-size=256'];
  const child = spawn(process.execPath, [...heap, main], {
    env: { ...process.env, SPROUT_CONFIG: path },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const pid = child.pid ?? 0;
  const url = await untilPublished(() => addressOf(config, listener('slo-service')));
  return {
    url,
    pid,
    cpuSeconds: () => cpuSecondsOf(pid),
    residentMb: () => residentMbOf(pid),
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

/** User and system time of a process so far. */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function residentMbOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
