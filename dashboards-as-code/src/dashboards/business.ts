import * as q from '@sprout/query/typed';
import { figure, gauge, highIsGood, lines, query } from '../panels/panel.ts';
import type { Watched } from '../panels/watched.ts';
import { board, folders, row } from './dashboard.ts';

/** What the business dashboard is made of. */
export const businessNeeds = [
  'market_orders_placed_total',
  'market_orders_moved_total',
  'market_order_saga_duration_seconds',
  'market_turnover_won_total',
  'market_orders_pending_oldest_age_seconds',
  'market_stock_reservations_total',
  'market_stock_releases_total',
  'gateway_request_duration_seconds',
];

const hourSeconds = 3600;

/** What the market sells: orders from placing to delivery, and where they are lost. */
export function businessDashboard(signals: Watched) {
  const placed = signals.counter('market_orders_placed_total');
  const moved = signals.counter('market_orders_moved_total');
  const saga = signals.histogram('market_order_saga_duration_seconds');
  const sold = q.pick(signals.counter('market_turnover_won_total'));
  const oldestPending = signals.gauge('market_orders_pending_oldest_age_seconds');
  const reserved = signals.counter('market_stock_reservations_total');
  const released = signals.counter('market_stock_releases_total');
  const perMinute = <L extends string>(v: q.Vector<L>) => q.times(v, 60);
  const approved = q.sum(q.rate(q.countOf(q.pick(saga, { outcome: 'approved' }))));
  const decided = q.sum(q.rate(q.countOf(q.pick(saga))));
  const looks = q.countOf(
    q.pick(signals.histogram('gateway_request_duration_seconds'), { route: 'product' }),
  );
  const accepted = q.pick(placed, { outcome: 'accepted' });
  return board({
    slug: 'business',
    title: 'Business',
    description: 'Orders from placing to delivery or cancellation, and the stock behind them.',
    folder: folders.business,
    rows: [
      row(
        'Now',
        figure(
          'Orders a minute',
          'Orders accepted per minute.',
          'short',
          [query(perMinute(q.sum(q.rate(accepted))), 'orders')],
          { width: 6, height: 6 },
        ),
        gauge(
          'Approved',
          'Orders whose stock was there, out of those that were decided.',
          'percentunit',
          [query(q.ratio(approved, decided), 'approved')],
          {
            min: 0,
            max: 1,
            width: 6,
            thresholds: highIsGood(0.5, 0.9),
          },
        ),
        figure(
          'Time to a decision, p95',
          saga.help,
          's',
          [query(q.quantile(0.95, q.pick(saga)), 'p95')],
          { width: 6, height: 6 },
        ),
        figure(
          'Orders in the range',
          'Orders accepted in the time that is shown.',
          'short',
          [query(q.sum(q.increase(accepted)), 'orders')],
          { width: 6, height: 6 },
        ),
        figure(
          'Conversion',
          'Orders accepted out of requests for products, in the time that is shown.',
          'percentunit',
          [query(q.ratio(q.sum(q.increase(accepted)), q.sum(q.increase(looks))), 'ordered')],
          { width: 6, height: 8 },
        ),
        lines(
          'Orders a minute, and expected',
          'Orders accepted per minute, the same a day and a week ago, and what they will be in an hour if the last hour goes on.',
          'short',
          [
            query(perMinute(q.sum(q.rate(accepted))), 'now'),
            query(perMinute(q.sum(q.ago(accepted, '1d'))), 'a day ago', { quiet: true }),
            query(perMinute(q.sum(q.ago(accepted, '1w'))), 'a week ago', { quiet: true }),
            query(
              q.continued(perMinute(q.sum(q.rate(accepted))), hourSeconds, hourSeconds),
              'in an hour',
              { quiet: true },
            ),
          ],
          { width: 18, min: 0 },
        ),
      ),
      row(
        'Turnover',
        figure(
          'Won in the range',
          'Won that the orders approved in the time that is shown are worth, those called off later too.',
          'short',
          [query(q.sum(q.increase(sold)), 'won')],
          { width: 6, height: 8 },
        ),
        lines(
          'Won a minute',
          'Won of approved orders per minute, and the same a day and a week ago.',
          'short',
          [
            query(perMinute(q.sum(q.rate(sold))), 'now'),
            query(perMinute(q.sum(q.ago(sold, '1d'))), 'a day ago', { quiet: true }),
            query(perMinute(q.sum(q.ago(sold, '1w'))), 'a week ago', { quiet: true }),
          ],
          { width: 18, min: 0 },
        ),
      ),
      row(
        'Orders',
        lines(
          'Oldest without a decision',
          oldestPending.help,
          's',
          [query(q.maxBy(['service'], q.value(q.pick(oldestPending))), 'oldest')],
          { min: 0 },
        ),
        lines(
          'Placed',
          placed.help,
          'cps',
          [query(q.sumBy(['outcome'], q.rate(q.pick(placed))), '{{outcome}}')],
          { stacked: true },
        ),
        lines(
          'Decided',
          'Orders approved or rejected, per second.',
          'cps',
          [query(q.sumBy(['outcome'], q.rate(q.countOf(q.pick(saga)))), '{{outcome}}')],
          { stacked: true },
        ),
        lines('Delivered and cancelled', moved.help, 'cps', [
          query(q.sumBy(['from', 'to'], q.rate(q.pick(moved))), '{{from}} to {{to}}'),
        ]),
        lines(
          'Time to a decision',
          saga.help,
          's',
          [
            query(q.quantile(0.5, q.pick(saga), ['outcome']), 'p50 {{outcome}}'),
            query(q.quantile(0.99, q.pick(saga), ['outcome']), 'p99 {{outcome}}', {
              exemplars: true,
            }),
          ],
          { width: 12 },
        ),
        lines(
          'From placed to approved',
          'Orders per second at each step; what is lost between two lines was rejected or waits.',
          'cps',
          [
            query(q.sum(q.rate(q.pick(placed))), 'placed'),
            query(q.sum(q.rate(accepted)), 'accepted'),
            query(approved, 'approved'),
          ],
          { width: 12 },
        ),
      ),
      row(
        'Stock',
        lines(
          'Stock checks',
          reserved.help,
          'cps',
          [query(q.sumBy(['verdict'], q.rate(q.pick(reserved))), '{{verdict}}')],
          { width: 12, stacked: true },
        ),
        lines(
          'Stock given back',
          released.help,
          'cps',
          [query(q.sumBy(['outcome'], q.rate(q.pick(released))), '{{outcome}}')],
          { width: 12 },
        ),
      ),
    ],
  });
}
