import type { Problem } from '@sprout/process';
import type { Route } from './signals.ts';

/** The answer in place of a service's, when there is none. */
export function fallback(route: Route, why: 'timeout' | 'breaker_open' | 'unreachable'): Problem {
  return {
    type: '/errors/gateway/fallback',
    title: 'Service unavailable',
    status: 503,
    detail: details[why](route),
    instance: `/fallback/${route}`,
  };
}

const details = {
  timeout: (route: Route) => `${route} did not answer in time`,
  breaker_open: (route: Route) => `${route} has been failing and is not called for a while`,
  unreachable: (route: Route) => `${route} cannot be reached`,
};
