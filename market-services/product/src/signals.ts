import { counter, rateBy } from '@sprout/signals';

export const stockReservations = counter('market_stock_reservations_total', {
  help: 'Stock checks of orders, by verdict.',
  owner: 'product',
  labels: { verdict: ['reserved', 'out_of_stock', 'unknown_product', 'canceled'] },
  panel: rateBy('verdict'),
  noAlert: 'a rejected order is business as usual',
});

export const stockReleases = counter('market_stock_releases_total', {
  help: 'Cancellations settled, by whether stock went back.',
  owner: 'product',
  labels: { outcome: ['returned', 'nothing_taken'] },
  panel: rateBy('outcome'),
  noAlert: 'what customers decide is no fault',
});

export const productSignals = [stockReservations, stockReleases];
