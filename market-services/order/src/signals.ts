import {
  counter,
  gauge,
  histogram,
  latencyBucketsSeconds,
  quantilesBy,
  rateBy,
  valueBy,
} from '@sprout/signals';
import { askableStates, openStates } from './domain/order.ts';

export const ordersPlaced = counter('market_orders_placed_total', {
  help: 'Orders placed, by outcome.',
  owner: 'order',
  labels: { outcome: ['accepted', 'invalid'] },
  panel: rateBy('outcome'),
  noAlert: 'covered by the objectives of route order and by order-saga',
});

/** From the order's row to the verdict of the stock check. */
export const orderSagaDuration = histogram('market_order_saga_duration_seconds', {
  help: 'Time from placing an order to its approval or rejection.',
  owner: 'order',
  unit: 'seconds',
  labels: { outcome: ['approved', 'rejected'] },
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('outcome'),
  noAlert: 'covered by objective order-saga',
});

/** Won have no smaller unit. */
export const turnover = counter('market_turnover_won_total', {
  help: 'Won that approved orders are worth; what is called off later stays in it.',
  owner: 'order',
  panel: rateBy(),
  noAlert: 'what customers buy is no fault; that fewer orders come is told by the routes',
});

export const ordersMoved = counter('market_orders_moved_total', {
  help: 'Changes of an order that somebody asked for: deliveries and cancellations.',
  owner: 'order',
  labels: { from: openStates, to: askableStates },
  panel: rateBy('from', 'to'),
  noAlert: 'what customers decide is no fault',
});

/** An order that is never settled is in no histogram of settled ones. */
export const ordersPendingAge = gauge('market_orders_pending_oldest_age_seconds', {
  help: 'Age of the oldest order without a verdict of the stock check; 0 when there is none.',
  owner: 'order',
  unit: 'seconds',
  panel: valueBy('service'),
  alert: {
    name: 'OrdersStuck',
    severity: 'ticket',
    of: 'value',
    above: 60,
    for: '2m',
    component: 'queue',
    silences: ['OldestMessageAge'],
    summary: 'orders have been waiting for the stock check for more than a minute',
    impact: 'Customers were told that their order is placed, and nothing more happens to it.',
    firstStep:
      'Does product take messages from the stream of orders? Its log and the queue dashboard tell.',
  },
});

export const orderSignals = [
  ordersPlaced,
  orderSagaDuration,
  turnover,
  ordersMoved,
  ordersPendingAge,
];
