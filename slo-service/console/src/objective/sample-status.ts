import type { ObjectiveStatus } from '@sprout/slo-service/api';

/** A promise that is kept, for tests to vary. */
export function sampleStatus(changes: Partial<ObjectiveStatus> = {}): ObjectiveStatus {
  return {
    id: 'order-latency',
    title: '99 % of /order requests are answered well within 2000 ms',
    name: 'Orders',
    owner: 'order',
    kind: 'latency',
    target: 0.99,
    window: '30d',
    pages: true,
    alerts: true,
    pageGroup: 'route-order',
    dependsOn: ['order-db'],
    thresholdSeconds: 2,
    state: 'ok',
    verdict: 'kept',
    cause: null,
    fix: null,
    asOf: '2026-11-23T12:00:00.000Z',
    budget: sampleBudget(1_204_331, 9273),
    burnRates: [
      { window: '5m', burnRate: 2, threshold: 14.4, bad: 1, valid: 50 },
      { window: '1h', burnRate: 0.77, threshold: 14.4, bad: 13, valid: 1672 },
      { window: '6h', burnRate: 0.5, threshold: 6, bad: 50, valid: 10_036 },
    ],
    secondsToExhaustion: 9 * 86_400,
    firing: [],
    ...changes,
  };
}

/** The budget of so many events against 99 %. */
export function sampleBudget(valid: number, bad: number): ObjectiveStatus['budget'] {
  const allowed = valid * 0.01;
  return {
    window: '30d',
    from: '2026-10-24T12:00:00.000Z',
    to: '2026-11-23T12:00:00.000Z',
    good: valid - bad,
    bad,
    valid,
    compliance: valid > 0 ? (valid - bad) / valid : null,
    allowed,
    left: allowed - bad,
    leftFraction: valid > 0 ? (allowed - bad) / allowed : null,
    coverage: 1,
  };
}
