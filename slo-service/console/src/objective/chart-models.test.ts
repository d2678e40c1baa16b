import type { Page } from '@sprout/slo-service/api';
import { expect, test } from 'vitest';
import { samplePage } from '../alert/sample-page.ts';
import { alertBands, targetsOf } from './chart-models.ts';

const hourMs = 3_600_000;
const interval = { fromMs: 10 * hourMs, toMs: 20 * hourMs };
const at = (hour: number) => new Date(hour * hourMs).toISOString();
const page = (from: number, to: number | null): Page =>
  samplePage({ startedAt: at(from), endedAt: to === null ? null : at(to) });

test('alert bands are cut at the ends of the chart, and what still fires reaches its end', () => {
  const bands = alertBands([page(8, 12), page(18, null)], 'order-latency', interval, 'fired');
  expect(bands).toEqual([
    { fromMs: 10 * hourMs, toMs: 12 * hourMs, label: 'fired' },
    { fromMs: 18 * hourMs, toMs: 20 * hourMs, label: 'fired' },
  ]);
});

test('a promise that changed is drawn as what held when', () => {
  const range = { id: 'x', from: at(10), to: at(20), stepSeconds: 3600, points: [] };
  const changes = [{ at: at(14), target: 0.99, window: '30d' }];
  expect(targetsOf({ ...range, target: 0.9, changes })).toEqual([
    { value: 0.9, span: { fromMs: 10 * hourMs, toMs: 14 * hourMs } },
    { value: 0.99, span: { fromMs: 14 * hourMs, toMs: 20 * hourMs } },
  ]);
});

test('alerts of other promises and other times leave no band', () => {
  expect(alertBands([page(1, 2)], 'order-latency', interval, 'fired')).toEqual([]);
  expect(alertBands([page(11, 12)], 'account-latency', interval, 'fired')).toEqual([]);
});
