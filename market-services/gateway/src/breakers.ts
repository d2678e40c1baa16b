import type { Observability } from '@sprout/instrumentation';
import { createBreaker } from './breaker/breaker.ts';
import type { Breaker, BreakerState } from './breaker/breaker.ts';
import { breakerState, breakerStates, perRoute, routes } from './signals.ts';
import type { Route } from './signals.ts';

/** Makes a breaker for each route and shows its state as a gauge. */
export function createBreakers(
  nowMs: () => number,
  telemetry: Pick<Observability, 'bind' | 'logger'>,
): Readonly<Record<Route, Breaker>> {
  const gauge = telemetry.bind(breakerState);
  const show = (route: Route, current: BreakerState) => {
    for (const state of breakerStates) gauge.set({ route, state }, state === current ? 1 : 0);
  };
  const make = (route: Route) => {
    show(route, 'closed');
    return createBreaker(nowMs, undefined, (state) => {
      show(route, state);
      telemetry.logger.warn('breaker', { route, state });
    });
  };
  return perRoute(make);
}

/** What the gateway tells about its breakers: state and rates in per cent. */
export function describeBreakers(breakers: Readonly<Record<Route, Breaker>>) {
  return Object.fromEntries(
    routes.map((route) => [
      route,
      { state: breakers[route].state(), rates: breakers[route].rates() },
    ]),
  );
}
