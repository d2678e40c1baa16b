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

/** Trials that share a stack, one after another. */
export interface WarmStack {
  /** Where time must not be compressed more than so much. */
  readonly timeScaleMax?: number;
  readonly trials: readonly Trial[];
}

/**
 * A route is hit once, or again when the last hour is clean, so that no trial pays for another.
 * What takes alerting itself away comes last.
 */
export const stacks: readonly WarmStack[] = [
  {
    trials: [
      ticket('disk-nearly-full', 'DiskNearlyFull', 'service-node'),
      ticket('account-leaking', 'HeapNearLimit', 'service-account'),
      burn('product-db-slow', 'product'),
      burn('order-failing', 'order'),
      burn('account-down', 'account'),
    ],
  },
  {
    trials: [
      ticket('queue-stuck', 'OrdersStuck', 'service-order'),
      ticket('redis-down', 'RedisDown', 'service-redis'),
      burn('product-paused', 'product'),
      burn('order-slow', 'order'),
    ],
  },
  {
    trials: [
      burn('product-bad-deploy', 'product'),
      {
        fault: 'collector-down',
        alert: 'CollectorDown',
        as: 'page',
        pageGroup: 'service-collector',
      },
      burn('product-db-failing', 'product'),
      { fault: 'prometheus-down', alert: 'Watchdog', as: 'silence', pageGroup: 'watchdog' },
    ],
  },
  {
    // Probes keep pace with time, visitors do not: faster, they alone would be traffic enough.
    timeScaleMax: 10,
    trials: [
      { fault: 'traffic-gone', alert: 'TrafficAbsent', as: 'page', pageGroup: 'service-gateway' },
    ],
  },
];
