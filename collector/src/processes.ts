import { fileURLToPath } from 'node:url';
import type { ProcessSpec } from '@sprout/process';

/** The one process of the collector, for the supervisor. */
export function collectorProcesses(): ProcessSpec[] {
  return [
    {
      name: 'collector',
      tools: [],
      after: [],
      command: () => ({
        file: process.execPath,
        args: [...nodeOptions, fileURLToPath(new URL('./main.ts', import.meta.url))],
      }),
      health: readiness,
      stopSignal: 'SIGTERM',
    },
  ];
}

/** A small young generation: 101 instead of 163 MB (Pss) at 30 requests and 450 spans per second, for 0.4 % of a core. */
const nodeOptions = ['--max-semi-space-size=2'];

async function readiness(addresses: Readonly<Record<string, string>>): Promise<string | undefined> {
  const url = addresses['http'];
  if (url === undefined) return 'has not published its address';
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    return response.ok ? undefined : `${url}/readyz answers ${response.status}`;
  } catch (error) {
    return `${url}/readyz: ${String(error)}`;
  }
}
