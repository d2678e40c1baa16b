import { encodeWriteRequest } from '@sprout/wire';
import type { TimeSeries } from '@sprout/wire';
import { addressOf } from '@sprout/process';
import type { Logger, SproutConfig } from '@sprout/process';
import type { Ingest } from '../journals/ingest.ts';
import type { CollectorMetrics } from '../metrics/collector-metrics.ts';
import { failure, fetchTarget } from './fetch-target.ts';
import type { Scraped } from './fetch-target.ts';
import { createTarget } from './target.ts';
import { followTargetLists } from './target-lists.ts';
import type { ScrapeLoop } from './target-lists.ts';

type Service = SproutConfig['services'][number];

export interface ScraperOptions {
  readonly config: Pick<SproutConfig, 'services' | 'targetLists' | 'dataDir'>;
  readonly ingest: Ingest;
  readonly metrics: CollectorMetrics;
  readonly logger: Logger;
  readonly intervalMs: number;
}

/**
 * Scrapes every configured service once per interval, each at an offset of its own. The function it
 * returns stops; it resolves when running scrapes are written, and a last one of the collector itself,
 * so that what was counted since the one before is not lost.
 */
export function startScraper(options: ScraperOptions): () => Promise<void> {
  const { services } = options.config;
  const loops = services.map((service, index) =>
    startLoop(options, service, (options.intervalMs * index) / services.length),
  );
  const isListed = (instance: string) => loops.some((loop) => loop.instance() === instance);
  const discovered = followTargetLists({
    ...options,
    isKnown: isListed,
    start: (service) => startLoop(options, service, Math.random() * options.intervalMs),
  });
  return async () => {
    await discovered.stop();
    await Promise.all(loops.map((loop) => loop.stop()));
  };
}

function isOwn({ endpoint }: Service): boolean {
  return 'process' in endpoint && endpoint.process === 'collector';
}

function startLoop(options: ScraperOptions, service: Service, offsetMs: number): ScrapeLoop {
  const { scrape, instance, end } = createScrape(options, service);
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const tick = () => {
    // A scrape that outlasts its interval is not overtaken by the next: timestamps stay in order.
    running ??= scrape().finally(() => (running = undefined));
  };
  const first = setTimeout(() => {
    tick();
    timer = setInterval(tick, options.intervalMs);
  }, offsetMs);
  const stop = async () => {
    clearTimeout(first);
    clearInterval(timer);
    await running;
    if (isOwn(service)) await scrape();
  };
  return {
    instance,
    stop,
    end: async () => {
      await stop();
      await end();
    },
  };
}

function createScrape(
  { config, ingest, metrics, logger, intervalMs }: ScraperOptions,
  service: Service,
) {
  const target = createTarget();
  let instance = '';
  let wasUp: boolean | undefined;
  const append = async (series: readonly TimeSeries[]) => {
    try {
      await ingest.append('metrics', { bytes: encodeWriteRequest(series), items: series.length });
    } catch (error) {
      metrics.scrapesLost.inc();
      logger.error('scrape not stored', { service: service.name, reason: String(error) });
    }
  };
  const scrape = async () => {
    const timestampMs = Date.now();
    const place = placeOf(config, service);
    // A service that is gone keeps the instance it had, so that its `up` goes to 0 and stays.
    instance = place?.instance ?? instance;
    const scraped = await scrapeAt(place?.url, intervalMs);
    if (!scraped.up) metrics.scrapeFailures.inc({ reason: scraped.reason });
    if (scraped.up !== wasUp) logChange(logger, service, scraped);
    wasUp = scraped.up;
    const labels = { job: service.job, instance, service: service.name };
    await append(target.series(scraped, labels, timestampMs));
  };
  return {
    scrape,
    /** Where it scrapes, also before it has. */
    instance: () => placeOf(config, service)?.instance ?? instance,
    end: () => append(target.end(Date.now())),
  };
}

interface Place {
  readonly url: string;
  readonly instance: string;
}

/** Where to scrape; a probe goes through an exporter, but is about what it is asked about. */
function placeOf(config: Pick<SproutConfig, 'dataDir'>, service: Service): Place | undefined {
  const address = addressOf(config, service.endpoint);
  if (address === undefined) return undefined;
  if (service.probe === undefined) {
    return { url: `${address}${service.metricsPath}`, instance: hostOf(address) };
  }
  const { module, scheme, endpoint, path } = service.probe;
  const probed = addressOf(config, endpoint);
  if (probed === undefined) return undefined;
  const instance = `${probed}${path}`;
  const target = scheme === undefined ? instance : `${scheme}://${instance}`;
  const asked = new URLSearchParams({ ...(module !== undefined && { module }), target });
  return { url: `${address}${service.metricsPath}?${asked}`, instance };
}

async function scrapeAt(url: string | undefined, timeoutMs: number) {
  if (url === undefined) return failure('no_address', 'nobody published its address');
  return fetchTarget(url, timeoutMs);
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? address;
}

function logChange(logger: Logger, service: Service, scraped: Scraped): void {
  if (scraped.up) logger.info('target up', { service: service.name });
  else logger.warn('target down', { service: service.name, reason: scraped.detail });
}
