import { addressOf, listener, portOf } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import type { ProxyName } from './fault.ts';
import { startTcpProxy } from './tcp-proxy.ts';
import type { TcpProxy } from './tcp-proxy.ts';

/** Starts a proxy before each database of a service, and before Redis. */
export async function startProxies(config: SproutConfig): Promise<Record<ProxyName, TcpProxy>> {
  const before = (name: ProxyName, process: string, port: string) =>
    startTcpProxy({
      host: config.host,
      port: portOf(config, 'faults', name),
      target: () => addressOf(config, listener(process, port)),
      random: Math.random,
    });
  return {
    'account-db': await before('account-db', 'mariadb', 'mysql'),
    'order-db': await before('order-db', 'mariadb', 'mysql'),
    'product-db': await before('product-db', 'mariadb', 'mysql'),
    redis: await before('redis', 'redis', 'redis'),
  };
}
