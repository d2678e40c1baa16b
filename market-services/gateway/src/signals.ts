import {
  counter,
  gauge,
  histogram,
  latencyBucketsSeconds,
  quantilesBy,
  rateBy,
  valueBy,
} from '@sprout/signals';

/** The routes of the only public door. */
export const routes = ['account', 'order', 'product'] as const;
export type Route = (typeof routes)[number];

/** One of something for each route. */
export function perRoute<Thing>(make: (route: Route) => Thing): Readonly<Record<Route, Thing>> {
  return { account: make('account'), order: make('order'), product: make('product') };
}

/** How a request to the gateway ended, as its caller sees it. */
export const outcomes = [
  'answered',
  'client_error',
  'server_error',
  'timeout',
  'breaker_open',
  'unreachable',
  'client_closed',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What users feel: every route objective is measured here, fallbacks included. */
export const gatewayRequestDuration = histogram('gateway_request_duration_seconds', {
  help: 'Time from the arrival of a request at the gateway to the end of its answer.',
  owner: 'gateway',
  unit: 'seconds',
  labels: { route: routes, outcome: outcomes },
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('route'),
  alert: {
    name: 'TrafficAbsent',
    severity: 'page',
    of: 'rate',
    against: { ago: '1h' },
    atLeast: 1,
    below: 0.1,
    for: '2m',
    silences: ['LogsAbsent'],
    summary: '/{{ $labels.route }} gets less than a tenth of the requests of an hour ago',
    impact: 'Users do not reach the shop: what comes before the gateway loses their requests.',
    firstStep:
      'Request the public address from outside: name, certificate, load balancer, network.',
  },
});

export const breakerStates = ['closed', 'open', 'half_open'] as const;

export const breakerState = gauge('circuit_breaker_state', {
  help: '1 for the state the circuit breaker of a route is in, 0 for the others.',
  owner: 'gateway',
  labels: { route: routes, state: breakerStates },
  panel: valueBy('route', 'state'),
  alert: [
    {
      name: 'CircuitOpen',
      severity: 'ticket',
      of: 'value',
      where: { state: 'open' },
      above: 0,
      for: '1m',
      component: 'circuit-breaker',
      summary: 'the gateway has stopped asking the service behind /{{ $labels.route }}',
      impact: 'Users of the route get the fallback; each of these answers spends its budget.',
      firstStep: 'Look at the service behind the route: the breaker opened because it failed.',
    },
    {
      name: 'CircuitFlapping',
      severity: 'ticket',
      of: 'changes',
      where: { state: 'open' },
      above: 6,
      for: '1m',
      component: 'circuit-breaker',
      summary: 'the breaker of /{{ $labels.route }} opens and closes again and again',
      impact: 'Users of the route get good answers and fallbacks by turns.',
      firstStep:
        'Is the service behind it overloaded (CpuSaturated, PoolExhausted), or one instance of it broken?',
    },
  ],
});

export const breakerCalls = counter('circuit_breaker_calls_total', {
  help: 'Calls through the circuit breaker of a route, by how the breaker judged them.',
  owner: 'gateway',
  labels: { route: routes, kind: ['success', 'failure', 'slow', 'not_permitted'] },
  panel: rateBy('route', 'kind'),
  noAlert: 'requests it rejects are bad events of the route objectives',
});

/** Requests that were not let in. */
export const gatewayRefusals = counter('gateway_refusals_total', {
  help: 'Requests that the gateway did not let in, by reason.',
  owner: 'gateway',
  labels: {
    reason: [
      'address',
      'rate',
      'unauthenticated',
      'forbidden',
      'forged',
      'sessions_unavailable',
      'identity_unavailable',
    ],
  },
  panel: rateBy('reason'),
  noAlert: 'refusing is its duty; those that are our fault are bad events of the route objectives',
});

/** How logins and logouts went. */
export const logins = counter('gateway_logins_total', {
  help: 'Steps of logins and logouts at the gateway, by outcome.',
  owner: 'gateway',
  labels: {
    outcome: [
      'started',
      'completed',
      'failed',
      'expired',
      'ended',
      'sessions_unavailable',
      'identity_unavailable',
    ],
  },
  panel: rateBy('outcome'),
  noAlert: 'who cannot log in because Redis is gone is told so; Redis has alerts of its own',
});

export const gatewaySignals = [
  gatewayRequestDuration,
  breakerState,
  breakerCalls,
  gatewayRefusals,
  logins,
];
