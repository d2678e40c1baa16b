import type { ProcessSpec, SecretName, SproutConfig } from '@sprout/process';
import { nodeProcess } from './node-process.ts';

/** The services and the gateway before them. */
export function serviceProcesses({ market }: SproutConfig): ProcessSpec[] {
  // The keeper of a cluster comes after all of its servers.
  const servers = market.data === 'cluster' ? ['data-keeper'] : ['mariadb', 'redis'];
  // Databases, and Redis where it is one server, are reached through the proxies of faults.
  const stores = [...servers, 'faults'];
  // A server that is somebody else's has one password, ours has one for each user.
  const redis: SecretName = 'url' in market.redis ? 'redis' : 'redis-market';
  const data: SecretName[] = ['mysql', redis];
  return [
    service('discovery', []),
    several('account', stores, data),
    several('order', stores, data),
    several('product', stores, data),
    service('batch-order', [...servers, 'order'], [redis]),
    service('identity', [], ['oidc-gateway', 'oidc-load', 'oidc-batch-order']),
    service('gateway', behindGateway, ['oidc-gateway', redis], 16),
  ];
}

const behindGateway = ['account', 'order', 'product', 'identity', 'discovery'];

/** A service of which several instances can run. */
function several(
  name: string,
  after: readonly string[],
  secrets: readonly SecretName[],
): ProcessSpec {
  return { ...service(name, after, secrets, 4), scalable: true };
}

function service(
  name: string,
  after: readonly string[],
  secrets: readonly SecretName[] = [],
  youngMb?: number,
): ProcessSpec {
  const entry = new URL(`../${name}/src/main.ts`, import.meta.url);
  return nodeProcess({ name, entry, after, secrets, ...(youngMb !== undefined && { youngMb }) });
}
