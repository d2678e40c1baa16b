import { join } from 'node:path';
import { addressOf, publishRunFile, removeRunFile, timing } from '@sprout/process';
import type { Lifecycle, Logger, SproutConfig } from '@sprout/process';
import { createLogMetrics } from './derive/log-metrics.ts';
import { createSpanMetrics } from './derive/span-metrics.ts';
import { createRemoteWriter } from './export/remote-writer.ts';
import { startConsumers } from './journals/consumers.ts';
import { createIngest } from './journals/ingest.ts';
import { openJournals } from './journals/journals.ts';
import { startListeners } from './listeners.ts';
import type { ListenerParts } from './listeners.ts';
import { createMetrics } from './metrics/collector-metrics.ts';
import type { CollectorMetrics } from './metrics/collector-metrics.ts';
import { reportLimits } from './metrics/limits.ts';
import { startProbes } from './probe/prober.ts';
import { createRedaction } from './redaction/redact.ts';
import { startScraper } from './scrape/scraper.ts';
import { openStore } from './store/store.ts';
import type { Store } from './store/store.ts';

/** How often the store looks whether something must leave. */
const retentionIntervalMs = 60_000;

/** A running collector; `addresses` are what it published. */
export interface Collector {
  readonly addresses: Readonly<Record<string, string>>;
  readonly metrics: CollectorMetrics;
}

/**
 * Starts the whole collector. The lifecycle ends it in order: refuse further telemetry, let consumers
 * finish, scrape what they counted, close journals, listeners and store.
 */
export async function startCollector(
  config: SproutConfig,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<Collector> {
  const directory = join(config.dataDir, 'collector');
  const metrics = createMetrics();
  reportLimits(metrics, config.collector);
  const store = startStore(config, directory, lifecycle);
  const { journalBytesMax, redactKeys } = config.collector;
  const journals = await openJournals(join(directory, 'journal'), journalBytesMax, logger);
  const ingest = createIngest(journals, createRedaction(redactKeys), metrics);
  const parts = { config, logger, metrics, store, journals, ingest };
  const listeners = await startListeners(parts);
  lifecycle.onStop('listeners', listeners.close);
  // The last scrape still needs the address.
  lifecycle.onStop('run file', () => removeRunFile(config, 'collector'));
  startReading(parts, lifecycle);
  lifecycle.onStop('receivers', listeners.stopReceiving);
  publishRunFile(config, { name: 'collector', pid: process.pid, addresses: listeners.addresses });
  return { addresses: listeners.addresses, metrics };
}

function startStore(config: SproutConfig, directory: string, lifecycle: Lifecycle): Store {
  const store = openStore({
    directory: join(directory, 'store'),
    daysMax: config.collector.storeDays,
    bytesMax: config.collector.storeBytesMax,
    now: Date.now,
  });
  const timer = setInterval(() => store.retain(), retentionIntervalMs);
  lifecycle.onStop('store', () => {
    clearInterval(timer);
    store.close();
  });
  return store;
}

/** Starts consumers, scraper and probes; they end in the opposite order. */
function startReading(parts: ListenerParts, lifecycle: Lifecycle): void {
  const { config, logger, metrics, store, journals, ingest } = parts;
  const intervalMs = timing(config.timeScale).scrapeIntervalMs;
  const { local, remote } = startConsumers({
    journals,
    store,
    logger,
    observeSpan: createSpanMetrics(metrics, config.collector.derivedSeriesMax),
    observeLine: createLogMetrics(metrics, config.signals),
    remoteWrite: createRemoteWriter({
      url: () => remoteWriteUrl(config),
      // An alert waits a minute for metrics that come again; both keep pace with time.
      retryMsMax: timing(config.timeScale).scaled(5) * 1000,
      metrics,
      logger,
    }),
  });
  lifecycle.onStop('journals', async () => {
    await Promise.all(remote.map((consumer) => consumer.settle()));
    await journals.close();
    await Promise.all([...local, ...remote].map((consumer) => consumer.done));
  });
  lifecycle.onStop('scraper', startScraper({ config, ingest, metrics, logger, intervalMs }));
  lifecycle.onStop('local consumers', async () => {
    await Promise.all(local.map((consumer) => consumer.settle()));
  });
  lifecycle.onStop('probes', startProbes(config, metrics, logger, intervalMs));
}

function remoteWriteUrl({ telemetry, ...config }: SproutConfig): string | undefined {
  const address = addressOf(config, telemetry.prometheus);
  return address === undefined ? undefined : `${address}${telemetry.remoteWritePath}`;
}
