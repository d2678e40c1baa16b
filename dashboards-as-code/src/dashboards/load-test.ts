import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import { figure, heatmap, lines, query, timeline } from '../panels/panel.ts';
import { toService } from '../panels/variables.ts';
import type { Watched } from '../panels/watched.ts';
import { cpuUsed } from './machine-use.ts';
import { board, folders, row } from './dashboard.ts';

/** What the load test's dashboard is made of. */
export const loadTestNeeds = [
  'load_requests_total',
  'load_request_duration_seconds',
  'fault_active',
  'gateway_request_duration_seconds',
];

/** What was offered, what was achieved, and what became of the market meanwhile. */
export function loadTestDashboard(signals: Watched) {
  const requests = signals.counter('load_requests_total');
  const latency = signals.histogram('load_request_duration_seconds');
  const fault = signals.gauge('fault_active');
  const served = signals.histogram('gateway_request_duration_seconds');
  const offered = q.sum(q.rate(q.pick(requests)));
  const ok = q.sum(q.rate(q.pick(requests, { outcome: 'ok' })));
  const perService = <L extends string>(v: q.Vector<L | 'service'>) => q.sumBy(['service'], v);
  return board({
    slug: 'load-test',
    title: 'Load test',
    description: 'Offered and achieved load, latency as users feel it, and the market under it.',
    folder: folders.business,
    rows: [
      row(
        'Load',
        figure('Offered', requests.help, 'reqps', [query(offered, 'offered')], { width: 6 }),
        figure(
          'Answered well',
          'Requests per second that were answered well.',
          'reqps',
          [query(ok, 'well')],
          { width: 6 },
        ),
        figure(
          'Achieved',
          'Requests answered well out of those offered.',
          'percentunit',
          [query(q.ratio(ok, offered), 'achieved')],
          { width: 6 },
        ),
        figure('p99', latency.help, 's', [query(q.quantile(0.99, q.pick(latency)), 'p99')], {
          width: 6,
        }),
        lines(
          'Offered and achieved',
          'Requests per second due to be sent, and answered well by the gateway.',
          'reqps',
          [
            query(offered, 'offered'),
            query(ok, 'answered well'),
            query(q.sum(q.rate(q.countOf(q.pick(served)))), 'arrived at the gateway'),
          ],
          { width: 12 },
        ),
        lines(
          'How they ended',
          requests.help,
          'reqps',
          [query(q.sumBy(['outcome'], q.rate(q.pick(requests))), '{{outcome}}')],
          { width: 12, stacked: true },
        ),
      ),
      row(
        'Latency',
        lines(
          'Percentiles',
          latency.help,
          's',
          [0.5, 0.95, 0.99].map((phi) => query(q.quantile(phi, q.pick(latency)), `p${phi * 100}`)),
          { width: 12 },
        ),
        heatmap('Latencies', latency.help, 'short', [query(q.buckets(q.pick(latency)), '{{le}}')]),
      ),
      row(
        'Under load',
        timeline(
          'Faults',
          fault.help,
          'none',
          [query(q.maxBy(['fault'], q.value(q.pick(fault))), '{{fault}}')],
          {
            width: 24,
            height: 12,
            states: [
              { value: 0, text: 'off', color: 'gray' },
              { value: 1, text: 'on', color: 'orange' },
            ],
          },
        ),
        lines(
          'CPU of services',
          c.processCpu.help,
          'percentunit',
          [query(perService(q.rate(q.pick(c.processCpu))), '{{service}}')],
          { links: [toService] },
        ),
        lines(
          'Event loop delay, p99',
          c.eventLoopLag.help,
          's',
          [query(q.maxBy(['service'], q.value(q.pick(c.eventLoopLag))), '{{service}}')],
          { links: [toService] },
        ),
        lines(
          'Callers waiting for a connection',
          c.dbClientPendingRequests.help,
          'short',
          [query(perService(q.value(q.pick(c.dbClientPendingRequests))), '{{service}}')],
          { links: [toService] },
        ),
        lines(
          'Machine',
          'Fraction of the processors that is busy.',
          'percentunit',
          [query(cpuUsed(), '{{instance}}')],
          { width: 24, min: 0, max: 1 },
        ),
      ),
    ],
  });
}
