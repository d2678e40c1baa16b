import { fileURLToPath } from 'node:url';
import { httpHealth } from '@sprout/process';
import type { ProcessSpec } from '@sprout/process';

/** The SLO service as the supervisor starts it. */
export function sloProcesses(): ProcessSpec[] {
  return [
    {
      name: 'slo-service',
      tools: [],
      // Those of databases for a ledger that is shared in MySQL and Redis of this installation.
      secrets: ['session', 'webhook', 'mysql', 'redis', 'redis-market'],
      readsConfiguredSecrets: true,
      // It answers without Prometheus and meters as soon as there is one.
      after: [],
      command: ({ config }) => ({
        file: process.execPath,
        args: [...heapFlags(config.objectives.length), mainPath],
      }),
      health: httpHealth('/readyz'),
    },
  ];
}

/** A house of this many objectives is a large one. */
const manyObjectives = 100;

/**
 * The heap of a service of so many objectives. It keeps its state on disk; what grows with them is
 * what lies between two readings, which a small young generation would copy again and again.
 */
export function heapFlags(objectives: number): string[] {
  const youngMb = objectives > manyObjectives ? 16 : 2;
  const oldMb = Math.max(256, Math.ceil(objectives / 2));
  return [`--max-semi-space-size=${youngMb}`, `--max-old-space-size=${oldMb}`];
}

const mainPath = fileURLToPath(new URL('main.ts', import.meta.url));
