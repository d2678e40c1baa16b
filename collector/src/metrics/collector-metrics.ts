import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Counter, Gauge, Histogram, OpenMetricsContentType } from 'prom-client';
import { probeRequests } from '@sprout/signals/catalogue';
import * as signals from '../signals.ts';
import { bindCounter, bindGauge, bindHistogram } from './bind.ts';
import type { MetricsRegistry } from './bind.ts';

/** What the collector measures about itself. */
export interface CollectorMetrics {
  readonly registry: MetricsRegistry;
  readonly received: Counter;
  readonly delivered: Counter;
  readonly dropped: Counter;
  readonly queued: Gauge;
  readonly queueAge: Gauge;
  readonly journalBytes: Gauge;
  readonly requests: Counter;
  readonly refused: Counter;
  readonly requestDuration: Histogram;
  readonly redacted: Counter;
  readonly limit: Gauge;
  readonly storeBytes: Gauge;
  readonly derivedSeries: Gauge;
  readonly derivedOverflow: Counter;
  readonly scrapeFailures: Counter;
  readonly scrapesLost: Counter;
  readonly remoteWriteRetries: Counter;
  readonly probeRequests: Counter;
}

/** Makes a registry of its own, so that tests run several collectors in one process. */
export function createMetrics(): CollectorMetrics {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    received: bindCounter(registry, signals.receivedItems),
    delivered: bindCounter(registry, signals.deliveredItems),
    dropped: bindCounter(registry, signals.droppedItems),
    queued: bindGauge(registry, signals.queuedItems),
    queueAge: bindGauge(registry, signals.queueAge),
    journalBytes: bindGauge(registry, signals.journalBytes),
    requests: bindCounter(registry, signals.requests),
    refused: bindCounter(registry, signals.refusedRequests),
    requestDuration: bindHistogram(registry, signals.requestDuration),
    redacted: bindCounter(registry, signals.redactedItems),
    limit: bindGauge(registry, signals.limit),
    storeBytes: bindGauge(registry, signals.storeBytes),
    derivedSeries: bindGauge(registry, signals.derivedSeries),
    derivedOverflow: bindCounter(registry, signals.derivedOverflow),
    scrapeFailures: bindCounter(registry, signals.scrapeFailures),
    scrapesLost: bindCounter(registry, signals.scrapesLost),
    remoteWriteRetries: bindCounter(registry, signals.remoteWriteRetries),
    probeRequests: bindCounter(registry, probeRequests),
  };
}
