import { join } from 'node:path';
import { addressOf, publishRunFile, removeRunFile, timing } from '@sprout/process';
import type { Lifecycle, Logger, SproutConfig } from '@sprout/process';
import { createLogMetrics } from './derive/log-metrics.ts';
import { createSpanMetrics } from './derive/span-metrics.ts';
import { createRemoteWriter } from './export/remote-writer.ts';
import { startConsumers } from './journals/consumers.ts';
import { createIngest } from './journals/ingest.ts';
import { openJournals } from './journals/journals.ts';
import type { Journals } from './journals/journals.ts';
import { startListeners } from './listeners.ts';
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
 * Starts the whole collector. The lifecycle ends it in order: stop accepting, write running scrapes,
 * let consumers finish, close journals and store.
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
  const journals = await openJournals(
    join(directory, 'journal'),
    config.collector.journalBytesMax,
    logger,
  );
  startReading({ config, logger, lifecycle, metrics, store, journals });
  const ingest = createIngest(journals, createRedaction(config.collector.redactKeys), metrics);
  const intervalMs = timing(config.timeScale).scrapeIntervalMs;
  const stopScraper = startScraper({ config, ingest, metrics, logger, intervalMs });
  lifecycle.onStop('scraper', stopScraper);
  lifecycle.onStop('probes', startProbes(config, metrics, logger, intervalMs));
  const listeners = await startListeners({ config, logger, metrics, journals, ingest, store });
  lifecycle.onStop('listeners', listeners.close);
  publishRunFile(config, { name: 'collector', pid: process.pid, addresses: listeners.addresses });
  lifecycle.onStop('run file', () => removeRunFile(config, 'collector'));
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

/** Starts the consumers; they end when the journals are closed, after those that drain have drained. */
function startReading(parts: {
  readonly config: SproutConfig;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly metrics: CollectorMetrics;
  readonly store: Store;
  readonly journals: Journals;
}): void {
  const { config, logger, lifecycle, metrics, store, journals } = parts;
  const consumers = startConsumers({
    journals,
    store,
    logger,
    observeSpan: createSpanMetrics(metrics, config.collector.derivedSeriesMax),
    observeLine: createLogMetrics(metrics, config.signals),
    remoteWrite: createRemoteWriter({ url: () => remoteWriteUrl(config), metrics, logger }),
  });
  lifecycle.onStop('journals', async () => {
    await Promise.all(consumers.map((consumer) => consumer.settle()));
    await journals.close();
    await Promise.all(consumers.map((consumer) => consumer.done));
  });
}

function remoteWriteUrl({ telemetry, ...config }: SproutConfig): string | undefined {
  const address = addressOf(config, telemetry.prometheus);
  return address === undefined ? undefined : `${address}${telemetry.remoteWritePath}`;
}
