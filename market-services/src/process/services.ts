import { fileURLToPath } from 'node:url';
import type { ProcessSpec } from '@sprout/process';

/** The services and the gateway before them. */
export function serviceProcesses(): ProcessSpec[] {
  return [
    service('account', ['mariadb', 'redis']),
    service('order', ['mariadb', 'redis']),
    // Its database is reached through the proxy that can slow it down.
    service('product', ['mariadb', 'redis', 'faults']),
    service('gateway', ['account', 'order', 'product']),
  ];
}

function service(name: string, after: readonly string[]): ProcessSpec {
  return {
    name,
    tools: [],
    after,
    command: () => ({
      file: process.execPath,
      args: [fileURLToPath(new URL(`../../${name}/src/main.ts`, import.meta.url))],
    }),
    health: async (addresses) => {
      const response = await fetch(`${addresses['http']}/readyz`);
      return response.ok ? undefined : `answers ${response.status}: ${await response.text()}`;
    },
  };
}
