import type { ProcessSpec, SproutConfig } from '@sprout/process';
import { nodeProcess } from './node-process.ts';

/** The services and the gateway before them. */
export function serviceProcesses({ market }: SproutConfig): ProcessSpec[] {
  // The keeper of a cluster comes after all of its servers.
  const servers = market.data === 'cluster' ? ['data-keeper'] : ['mariadb', 'redis'];
  // Databases, and Redis where it is one server, are reached through the proxies of faults.
  const stores = [...servers, 'faults'];
  return [
    service('discovery', []),
    several('account', stores),
    several('order', stores),
    several('product', stores),
    service('batch-order', [...servers, 'order']),
    service('identity', []),
    service('gateway', ['account', 'order', 'product', 'identity', 'discovery'], 16),
  ];
}

/** A service of which several instances can run. */
function several(name: string, after: readonly string[]): ProcessSpec {
  return { ...service(name, after, 4), scalable: true };
}

function service(name: string, after: readonly string[], youngMb?: number): ProcessSpec {
  const entry = new URL(`../${name}/src/main.ts`, import.meta.url);
  return nodeProcess({ name, entry, after, ...(youngMb !== undefined && { youngMb }) });
}
