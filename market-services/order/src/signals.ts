import { counter, histogram, latencyBucketsSeconds, quantilesBy, rateBy } from '@sprout/signals';
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

export const ordersMoved = counter('market_orders_moved_total', {
  help: 'Changes of an order that somebody asked for: deliveries and cancellations.',
  owner: 'order',
  labels: { from: openStates, to: askableStates },
  panel: rateBy('from', 'to'),
  noAlert: 'what customers decide is no fault',
});

export const orderSignals = [ordersPlaced, orderSagaDuration, ordersMoved];
