import { all, availability, objective, rolling, timeSlice } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import type { ConfigInput } from '@sprout/process';
import { counter, noPanel } from '@sprout/signals';
import { routeOf } from './history.ts';

const requests = counter('shop_requests_total', {
  help: 'Requests.',
  owner: 'shop',
  labels: { route: 'any', code: ['200', '500'] },
  panel: noPanel(),
  noAlert: 'a bench',
});

const promised = { owner: 'shop', target: 0.99, alerts: false } as const;

const eventsOn = (route: string) =>
  availability(requests.where({ route }), { bad: requests.where({ route, code: ['500'] }) });

/** One objective of events for each route of the shop, named like it. */
export function routeObjectives(count: number, days: number): Objective[] {
  const window = rolling(`${days}d`);
  return Array.from({ length: count }, (_, index) =>
    objective(routeOf(index), { ...promised, window, sli: eventsOn(routeOf(index)) }),
  );
}

/** `slice`, of time slices of the first route, and `composite`, of it and the first two routes. */
export function workedOutObjectives(
  routes: readonly Objective[],
  days: number,
): readonly Objective[] {
  const window = rolling(`${days}d`);
  const sli = timeSlice(eventsOn(routeOf(0)), { goodRatioMin: 0.95, slice: '5m' });
  const slice = objective('slice', { ...promised, window, sli });
  const members = [...routes.slice(0, 2), slice];
  return [slice, objective('composite', { ...promised, window, sli: all(members) })];
}

/** A configuration of the shop and nothing else. */
export function shopConfig(
  objectives: readonly Objective[],
  prometheus: { readonly url: string; readonly [option: string]: string | number },
): ConfigInput {
  return {
    market: { enabled: false },
    ports: { 'slo-service': 0 },
    telemetry: { prometheus },
    services: [{ name: 'shop', endpoint: { url: 'http://127.0.0.1:1' } }],
    signals: [requests],
    objectives: [...objectives],
  };
}
