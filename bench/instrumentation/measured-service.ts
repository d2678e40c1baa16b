import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environment, nodeArguments } from './variant.ts';
import type { Variant } from './variant.ts';

/** The service in one of its variants, alone on its core. */
export interface MeasuredService {
  readonly url: string;
  /** CPU time of all its threads since it started, user and system. */
  cpuSeconds(): number;
  residentBytes(): number;
  stop(): Promise<void>;
}

/** Where the service finds its servers. */
export interface Surroundings {
  readonly mysqlPort: number;
  readonly redisPort: number;
  readonly collector: string;
}

/** The core that nothing else of the bench uses. */
export const serviceCore = 0;

const here = fileURLToPath(new URL('.', import.meta.url));

/** Linux counts CPU time of processes in hundredths of a second. */
const ticksPerSecond = 100;
const pageBytes = 4096;

export async function startService(
  variant: Variant,
  { mysqlPort, redisPort, collector }: Surroundings,
): Promise<MeasuredService> {
  const node = [process.execPath, ...nodeArguments(variant), `${here}service.ts`];
  const ports = { MYSQL_PORT: String(mysqlPort), REDIS_PORT: String(redisPort) };
  const child = spawn('taskset', ['-c', String(serviceCore), ...node], {
    cwd: here,
    env: { ...process.env, ...ports, ...environment(variant, collector) },
    stdio: ['ignore', 'pipe', process.env['BENCH_DEBUG'] === undefined ? 'ignore' : 'inherit'],
  });
  const ended = once(child, 'exit');
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const [url] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => Promise.reject(new Error(`the service (${variant}) did not start`))),
  ])) as [string];
  return {
    url,
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    residentBytes: () => residentBytesOf(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(kill, 10_000);
      await ended;
      clearTimeout(timer);
      process.off('exit', kill);
    },
  };
}

/** Fields 14 and 15 of /proc/<pid>/stat, counted after the name in brackets (proc(5)). */
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function residentBytesOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes;
}
