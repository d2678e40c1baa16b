import { RequestError } from '../http/request-error.ts';
import type { Route } from '../http/router.ts';

/** Queries that run at a time on all listeners together; further ones are answered 429. */
export const queriesMax = 32;

/** Keeps the memory of running queries bounded. */
export function gated(routes: readonly Route[], runningMax = queriesMax): Route[] {
  let running = 0;
  return routes.map((route) => ({
    ...route,
    handle: async (call) => {
      if (running >= runningMax) {
        call.response.setHeader('retry-after', '1');
        throw new RequestError(429, `${running} queries are running; try again`);
      }
      running++;
      try {
        await route.handle(call);
      } finally {
        running--;
      }
    },
  }));
}
