import { fileURLToPath } from 'node:url';
import type { ProcessSpec } from '@sprout/process';

/** The SLO service as the supervisor starts it. */
export function sloProcesses(): ProcessSpec[] {
  return [
    {
      name: 'slo-service',
      tools: [],
      // It answers without Prometheus and meters as soon as there is one.
      after: [],
      command: () => ({
        file: process.execPath,
        // A small young generation and a bounded heap: the service keeps its state on disk.
        args: ['--max-semi-space-size=2', '--max-old-space-size=256', mainPath],
      }),
      health: async ({ http }) => {
        if (http === undefined) return 'it has not published its address';
        return readiness(`${http}/readyz`);
      },
    },
  ];
}

const mainPath = fileURLToPath(new URL('main.ts', import.meta.url));

const healthTimeoutMs = 2000;

async function readiness(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(healthTimeoutMs) });
    return response.ok ? undefined : `${url} answers ${response.status}`;
  } catch (error) {
    return `${url} does not answer: ${String(error)}`;
  }
}
