import type { FaultName } from '@sprout/market-services/faults';

/** What a fault is expected to raise: one alert that somebody is called or told by. */
export interface Trial {
  readonly fault: FaultName;
  readonly alert: string;
  /**
   * `page` where users feel the fault; `ticket` where they do not yet; `silence` where the engine
   * itself is gone and only the missing heartbeat can tell.
   */
  readonly as: 'page' | 'ticket' | 'silence';
  readonly pageGroup: string;
}

const burn = (fault: FaultName, route: string): Trial => ({
  fault,
  alert: 'ErrorBudgetBurnFast',
  as: 'page',
  pageGroup: `route-${route}`,
});
const ticket = (fault: FaultName, alert: string, pageGroup: string): Trial => ({
  fault,
  alert,
  as: 'ticket',
  pageGroup,
});

/**
 * A warm stack each: a route is hit once, or again when the last hour is clean, so that no trial
 * pays for another. What takes alerting itself away comes last.
 */
export const stacks: readonly (readonly Trial[])[] = [
  [
    ticket('disk-nearly-full', 'DiskNearlyFull', 'service-node'),
    ticket('account-leaking', 'HeapNearLimit', 'service-account'),
    burn('product-db-slow', 'product'),
    burn('order-failing', 'order'),
    burn('account-down', 'account'),
  ],
  [
    ticket('queue-stuck', 'OrdersStuck', 'service-order'),
    ticket('redis-down', 'RedisDown', 'service-redis'),
    burn('product-paused', 'product'),
    burn('order-slow', 'order'),
  ],
  [
    burn('product-bad-deploy', 'product'),
    { fault: 'traffic-gone', alert: 'TrafficAbsent', as: 'page', pageGroup: 'service-gateway' },
    { fault: 'collector-down', alert: 'CollectorDown', as: 'page', pageGroup: 'service-collector' },
    burn('product-db-failing', 'product'),
    { fault: 'prometheus-down', alert: 'Watchdog', as: 'silence', pageGroup: 'watchdog' },
  ],
];
