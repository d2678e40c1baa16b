import type { Endpoint, SproutConfig } from '@sprout/process';
import type { FaultEffect } from '../fault.ts';

type Market = Pick<SproutConfig['market'], 'databases' | 'redis' | 'queue' | 'trafficRps'>;

/** Why an effect would change nothing for a market that is configured so; undefined when it would. */
export function idleReason(
  effect: FaultEffect,
  market: Market,
): { readonly reason: string; readonly hint: string } | undefined {
  switch (effect.kind) {
    case 'proxy':
      return goesThrough(effect.proxy, market) ? undefined : elsewhere(effect.proxy);
    case 'process':
      return idleProcess(effect.process, market);
    case 'role':
      return effect.role === 'mysql-primary' ? idleDatabase(market) : idleRedis(market);
    case 'replica-delay':
      return idleDatabase(market);
    case 'redis-memory':
      return idleRedis(market);
    case 'poison':
      return market.queue === 'redis' ? undefined : byKafka;
    case 'flags':
    case 'small-disk':
    case 'deploy':
      return undefined;
  }
}

function idleProcess(name: string, market: Market) {
  if (name === 'mariadb') return idleDatabase(market);
  if (name === 'redis') return idleRedis(market);
  if (name === 'load' && market.trafficRps === 0) return noTraffic;
  return undefined;
}

function idleDatabase({ databases }: Market) {
  const used = Object.values(databases).some(({ primary }) => isOurs(primary));
  return used ? undefined : elsewhere('database');
}

function idleRedis({ redis }: Market) {
  return [redis].flat().some(isOurs) ? undefined : elsewhere('redis');
}

function goesThrough(proxy: (FaultEffect & { kind: 'proxy' })['proxy'], market: Market): boolean {
  const { account, order, product } = market.databases;
  const endpoints = {
    'account-db': account.primary,
    'order-db': order.primary,
    'product-db': product.primary,
    redis: market.redis,
  };
  return [endpoints[proxy]]
    .flat()
    .some((one) => 'process' in one && one.process === 'faults' && one.listener === proxy);
}

const isOurs = (endpoint: Endpoint) => 'process' in endpoint;

function elsewhere(what: string) {
  const place = what === 'redis' ? 'market.redis' : 'market.databases';
  return {
    reason: `the market does not go by way of our ${what}: ${place} names another server`,
    hint: `take ${place} out of sprout.config.ts to use our own`,
  };
}

const byKafka = {
  reason: 'events travel by Kafka, where nothing can be taken out again',
  hint: "market.queue: 'redis' in sprout.config.ts",
};

const noTraffic = {
  reason: 'there is no traffic to stop: market.trafficRps is 0',
  hint: 'set market.trafficRps in sprout.config.ts',
};
