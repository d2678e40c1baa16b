import type { Page } from '@sprout/slo-service/api';

/** A page that fires, for tests to vary. */
export function samplePage(changes: Partial<Page> = {}): Page {
  return {
    id: 'p1',
    status: 'firing',
    severity: 'page',
    pageGroup: 'route-order',
    title: '/order answers too slowly',
    summary: '',
    impact: 'Customers wait.',
    startedAt: '2026-11-23T11:00:00.000Z',
    endedAt: null,
    objectives: [{ id: 'order-latency', burnRate: 18.2, threshold: 14.4, window: '1h' }],
    budgetSpent: [],
    dashboardUrl: null,
    runbookUrl: null,
    exampleTrace: null,
    notifications: [],
    ...changes,
  };
}
