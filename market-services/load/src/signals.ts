import {
  counter,
  gauge,
  histogram,
  latencyBucketsSeconds,
  quantilesBy,
  rateBy,
  valueBy,
} from '@sprout/signals';
import { faultNames } from './faults/catalogue.ts';

/** How a generated request ended. `not_sent`: too many were already under way. */
export const loadOutcomes = [
  'ok',
  'client_error',
  'server_error',
  'timeout',
  'connection',
  'not_sent',
] as const;
export type LoadOutcome = (typeof loadOutcomes)[number];

export const loadRequests = counter('load_requests_total', {
  help: 'Requests the load generator was due to send, by how they ended.',
  owner: 'load',
  labels: { outcome: loadOutcomes },
  panel: rateBy('outcome'),
  noAlert: 'the market itself is measured at the gateway',
});

export const loadLatency = histogram('load_request_duration_seconds', {
  help: 'Time from when a request was due to the end of its answer, as a user would feel it.',
  owner: 'load',
  unit: 'seconds',
  buckets: latencyBucketsSeconds,
  panel: quantilesBy(),
  noAlert: 'the market itself is measured at the gateway',
});

export const faultActive = gauge('fault_active', {
  help: '1 while a fault is injected.',
  owner: 'faults',
  labels: { fault: faultNames },
  panel: valueBy('fault'),
  noAlert: 'faults are injected on purpose',
});

export const loadSignals = [loadRequests, loadLatency, faultActive];
