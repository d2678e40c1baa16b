import { counter, histogram, latencyBucketsSeconds, quantilesBy, rateBy } from '@sprout/signals';

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

export const orderSignals = [ordersPlaced, orderSagaDuration];
