import type { SproutConfig } from '@sprout/process';

/** Where it runs, for example `production`; no label when the configuration names nothing. */
export function environmentLabel({ alerts }: Pick<SproutConfig, 'alerts'>): { env?: string } {
  return alerts.environment === undefined ? {} : { env: alerts.environment };
}
