import { availability, latency, objective, rolling } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import { dbClientOperationDuration, probeRequests } from '@sprout/signals/catalogue';
import { gatewayRequestDuration, routes } from '../gateway/src/signals.ts';
import type { Outcome, Route } from '../gateway/src/signals.ts';
import { orderSagaDuration } from '../order/src/signals.ts';

const answeredWell: readonly Outcome[] = ['answered', 'client_error'];
const answeredBadly: readonly Outcome[] = [
  'server_error',
  'timeout',
  'breaker_open',
  'unreachable',
];
/** A caller that hung up was neither served nor failed, and is left out of all promises. */
const valid: readonly Outcome[] = [...answeredWell, ...answeredBadly];

/** What the owner of a route calls what it serves. */
const names: Readonly<Record<Route, { readonly en: string; readonly ko: string }>> = {
  account: { en: 'Accounts', ko: '계정' },
  order: { en: 'Orders', ko: '주문' },
  product: { en: 'Products', ko: '상품' },
};

const database = Object.fromEntries(
  routes.map((route) => [route, databaseObjective(route)]),
) as Record<Route, Objective>;

const orderSaga = objective('order-saga', {
  title: {
    en: '99 % of orders are approved or rejected within 5 s',
    ko: '주문의 99 %를 5초 안에 승인하거나 거절합니다',
  },
  name: { en: 'Order processing', ko: '주문 처리' },
  owner: 'order',
  target: 0.99,
  window: rolling('30d'),
  dependsOn: [database.order, database.product],
  sli: latency(orderSagaDuration.where({}), { withinMs: 5000 }),
});

/** Every promise of the market. */
export const marketObjectives: readonly Objective[] = [
  ...routes.flatMap((route) => [
    availabilityObjective(route, '30d'),
    latencyObjective(route, '30d'),
    availabilityObjective(route, '2h'),
    latencyObjective(route, '2h'),
  ]),
  ...Object.values(database),
  orderSaga,
];

function availabilityObjective(route: Route, length: '30d' | '2h'): Objective {
  const requests = gatewayRequestDuration.where({ route, outcome: valid }).count();
  const failures = gatewayRequestDuration.where({ route, outcome: answeredBadly }).count();
  const unreachable = probeRequests.where({ route, outcome: 'unreachable' });
  return objective(`${route}-availability${suffix(length)}`, {
    ...promise(route, length),
    title: {
      en: `99 % of /${route} requests are answered`,
      ko: `/${route} 요청의 99 %에 응답합니다`,
    },
    sli: availability([requests, unreachable], { bad: [failures, unreachable] }),
  });
}

function latencyObjective(route: Route, length: '30d' | '2h'): Objective {
  const requests = gatewayRequestDuration.where({ route, outcome: valid }).count();
  const unreachable = probeRequests.where({ route, outcome: 'unreachable' });
  return objective(`${route}-latency${suffix(length)}`, {
    ...promise(route, length),
    title: {
      en: `99 % of /${route} requests are answered well within 2000 ms`,
      ko: `/${route} 요청의 99 %를 2초 안에 정상 응답합니다`,
    },
    sli: latency(gatewayRequestDuration.where({ route, outcome: answeredWell }), {
      withinMs: 2000,
      valid: [requests, unreachable],
    }),
  });
}

/** The 30-day promise pages; the 2-hour one of the same route is reported only. */
function promise(route: Route, length: '30d' | '2h') {
  return {
    owner: route,
    name: names[route],
    target: 0.99,
    window: rolling(length),
    pages: length === '30d',
    alerts: length === '30d',
    pageGroup: `route-${route}`,
    dependsOn: [database[route]],
  };
}

function databaseObjective(service: Route): Objective {
  const queries = { service, db_system_name: 'mysql' } as const;
  return objective(`${service}-db`, {
    title: {
      en: `99 % of ${service}'s queries are answered within 300 ms`,
      ko: `${service} 질의의 99 %에 300 ms 안에 답합니다`,
    },
    name: { en: `${names[service].en}: database`, ko: `${names[service].ko} 데이터베이스` },
    owner: service,
    target: 0.99,
    window: rolling('30d'),
    sli: latency(dbClientOperationDuration.where({ ...queries, outcome: 'ok' }), {
      withinMs: 300,
      valid: dbClientOperationDuration.where(queries).count(),
    }),
  });
}

function suffix(length: '30d' | '2h'): string {
  return length === '30d' ? '' : `-${length}`;
}
