import { setTimeout as sleep } from 'node:timers/promises';

/** Probes of what the service needs to work. */
export interface Health {
  /** `probe` rejects when the service cannot do its work without what it looks at. */
  check(name: string, probe: () => Promise<void>): void;
}

/** What `/readyz` answers. */
export interface Readiness {
  readonly status: 'ready' | 'not_ready' | 'stopping';
  /** `ok`, or why not. */
  readonly checks: Readonly<Record<string, string>>;
}

/** A probe that takes longer has failed. */
export const probeTimeoutMs = 2000;

/** Collects the probes; `readiness` runs them side by side. */
export function createHealth(): Health & { readiness(stopping: boolean): Promise<Readiness> } {
  const probes = new Map<string, () => Promise<void>>();
  return {
    check: (name, probe) => void probes.set(name, probe),
    async readiness(stopping) {
      const results = await Promise.all(
        [...probes].map(async ([name, probe]) => [name, await outcome(probe)] as const),
      );
      const well = results.every(([, result]) => result === 'ok');
      const status = stopping ? 'stopping' : well ? 'ready' : 'not_ready';
      return { status, checks: Object.fromEntries(results) };
    },
  };
}

async function outcome(probe: () => Promise<void>): Promise<string> {
  const done = new AbortController();
  const late = sleep(probeTimeoutMs, `no answer within ${probeTimeoutMs} ms`, {
    signal: done.signal,
    ref: false,
  });
  try {
    return (await Promise.race([probe(), late])) ?? 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    late.catch(() => 'the probe was first');
    done.abort();
  }
}
