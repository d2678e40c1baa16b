import { rateBy } from '../panel-hint.ts';
import { counter } from '../signal.ts';

/** Look-ups in a page cache. */
export const cacheRequests = counter('cache_requests_total', {
  help: 'Look-ups in a page cache, by outcome; an error went on to the database.',
  labels: { cache: 'any', outcome: ['hit', 'miss', 'error'] },
  panel: rateBy('service', 'outcome'),
  alert: {
    name: 'CacheFailing',
    severity: 'ticket',
    of: 'rate',
    where: { outcome: 'error' },
    above: 0.1,
    for: '2m',
    summary: '{{ $labels.service }}: the page cache fails and every read goes to the database',
    impact:
      'Its lists become slower and the database carries every read, which it may not stand at peak.',
    firstStep:
      'Does Redis answer (./sprout status, redis-cli PING)? If it does, look at the login of this service.',
  },
});
