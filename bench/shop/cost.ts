import { readFileSync } from 'node:fs';

/** What a piece of work cost this process. */
export interface Cost {
  /** User and system time of all threads. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Runs work once and says what it cost. */
export async function costOf(work: () => unknown): Promise<Cost> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: round((user + system) / 1000), wallMs: round(performance.now() - wall) };
}

const ticksPerSecond = 100;

/** User and system time of another process so far, to a hundredth. */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Runs work once and says what it cost another process. */
export async function costTo(pid: number, work: () => unknown): Promise<Cost> {
  const [cpu, wall] = [cpuSecondsOf(pid), performance.now()];
  await work();
  const wallMs = round(performance.now() - wall);
  return { cpuMs: round((cpuSecondsOf(pid) - cpu) * 1000), wallMs };
}

/** Memory of a process that is in RAM. */
export function residentMbOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

export const quantile = (times: readonly number[], q: number): number =>
  round(times.toSorted((a, b) => a - b)[Math.floor(times.length * q)] ?? 0);

export const round = (value: number): number => Math.round(value * 100) / 100;
