import { dial } from '@sprout/data';
import { listener, portOf } from '@sprout/process';
import type { Endpoint, SproutConfig } from '@sprout/process';
import type { ProxyName } from './fault.ts';
import { startTcpProxy } from './tcp-proxy.ts';
import type { TcpProxy } from './tcp-proxy.ts';

/**
 * Starts a proxy before the primary database of each service, and before Redis where it is one
 * server: clients of a cluster speak to its nodes.
 */
export async function startProxies(
  config: SproutConfig,
): Promise<Partial<Record<ProxyName, TcpProxy>>> {
  const before = (name: ProxyName, server: Endpoint) =>
    startTcpProxy({
      host: config.host,
      port: portOf(config, 'faults', name),
      dial: () => dial(config, server),
      random: Math.random,
    });
  const isCluster = config.market.data === 'cluster';
  const database = listener(isCluster ? 'mysql-primary' : 'mariadb', 'mysql');
  return {
    'account-db': await before('account-db', database),
    'order-db': await before('order-db', database),
    'product-db': await before('product-db', database),
    ...(!isCluster && { redis: await before('redis', listener('redis', 'redis')) }),
  };
}
