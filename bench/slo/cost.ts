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

/** Elapsed milliseconds of each of several rounds. */
export async function timed(rounds: number, work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times;
}

export const quantile = (times: readonly number[], q: number): number =>
  round(times.toSorted((a, b) => a - b)[Math.floor(times.length * q)] ?? 0);

export const round = (value: number): number => Math.round(value * 100) / 100;
