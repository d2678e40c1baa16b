import { rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';

/** Written by the collector for every target and scrape. */
export const up = gauge('up', {
  help: '1 when the last scrape of the target succeeded, 0 when it failed.',
  panel: valueBy('service', 'instance'),
  alert: [
    {
      name: 'TargetDown',
      severity: 'ticket',
      of: 'value',
      below: 1,
      for: '1m',
      silences: ['SignalsMissing'],
      summary: '{{ $labels.service }} at {{ $labels.instance }} does not answer scrapes',
      impact:
        'It has stopped, or at least nobody knows how it does: what it measures is unknown from now on.',
      firstStep:
        'Does it run: ./sprout status? If so, curl its /metrics yourself and read its last log lines.',
    },
    {
      name: 'CollectorDown',
      severity: 'page',
      of: 'absence',
      where: { service: 'collector' },
      for: '1m',
      component: 'collector',
      silences: ['ObjectiveUnmeasured', 'SloMeterStale', 'TargetGone', 'SignalsMissing'],
      summary: 'the collector writes no metrics: nothing is measured and no other alert can fire',
      impact: 'Users may or may not be served; nobody can tell.',
      firstStep: 'Check that the collector runs, ./sprout status, and read its last log lines.',
    },
  ],
});

export const scrapeDuration = gauge('scrape_duration_seconds', {
  help: 'How long the last scrape of a target took.',
  unit: 'seconds',
  panel: valueBy('service'),
  noAlert: 'a scrape that takes too long fails',
});

export const scrapedSamples = gauge('scrape_samples_scraped', {
  help: 'Samples that the last scrape of a target brought.',
  panel: valueBy('service'),
  noAlert: 'over the limit a scrape fails',
});

/**
 * Requests the collector sends from outside. One that arrives is counted by the service itself;
 * one that does not is counted here, so that a dead service spends budget too.
 */
export const probeRequests = counter('probe_requests_total', {
  help: 'Requests sent from outside to check a route, by outcome.',
  owner: 'collector',
  labels: { probe: 'any', route: 'any', outcome: ['arrived', 'unreachable'] },
  panel: rateBy('route', 'outcome'),
  noAlert: 'unreachable probes are bad events of the route objectives',
});
