import { counter, rateBy } from '@sprout/signals';

export const stockReservations = counter('market_stock_reservations_total', {
  help: 'Stock checks of orders, by verdict.',
  owner: 'product',
  labels: { verdict: ['reserved', 'out_of_stock', 'unknown_product'] },
  panel: rateBy('verdict'),
  noAlert: 'a rejected order is business as usual',
});

export const productSignals = [stockReservations];
