import type { ProcessSpec } from '@sprout/process';
import { nodeProcess } from '../../src/node-process.ts';

/** The fault proxies and the steady traffic. */
export function loadProcesses(): ProcessSpec[] {
  return [
    nodeProcess({
      name: 'faults',
      entry: new URL('./faults-main.ts', import.meta.url),
      // It ends before the servers that it has to put right.
      after: ['mariadb', 'redis', 'data-keeper'],
      // Some of what it does to Redis only the administrator may, a replica obeys its keeper; it
      // tells of deploys.
      secrets: ['redis', 'redis-market', 'mysql-keeper', 'api-key'],
    }),
    nodeProcess({
      name: 'load',
      entry: new URL('./main.ts', import.meta.url),
      after: ['gateway'],
      secrets: ['oidc-load'],
    }),
  ];
}
