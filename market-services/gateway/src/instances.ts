import { addressOf, listener } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import type { Route } from './signals.ts';

/** Knows which instances serve a route. */
export interface Instances {
  /** The base URL of the instance to call next, or undefined when none is known. */
  pick(route: Route): string | undefined;
}

/** Finds the one instance of a service by what it published, anew for each call. */
export function instancesFromRunFiles(config: Pick<SproutConfig, 'dataDir'>): Instances {
  return { pick: (route) => addressOf(config, listener(route)) };
}
