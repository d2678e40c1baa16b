import { listen, portOf, publishRunFile, removeRunFile } from '@sprout/process';
import type { Lifecycle, Logger, SproutConfig } from '@sprout/process';
import { createApp } from './api/app.ts';
import { createService } from './service.ts';

/** Name of the process, of its run file and of its port in the configuration. */
export const serviceName = 'slo-service';

/**
 * Starts the whole service and publishes its address. It answers first, then meters: what the
 * ledger knows is worth showing while Prometheus starts.
 */
export async function startSloService(
  config: SproutConfig,
  logger: Logger,
  lifecycle: Lifecycle,
  now: () => number = Date.now,
): Promise<{ readonly url: string }> {
  let url = '';
  const ownUrl = () => config.links.console || url;
  const service = await createService({ config, logger, lifecycle, ownUrl, now });
  const listening = await listen(createApp(service.context), {
    host: config.access?.host ?? config.host,
    authenticated: config.access !== undefined,
    port: portOf(config, serviceName),
  });
  url = listening.url;
  lifecycle.onStop('http', listening.close);
  publishRunFile(config, { name: serviceName, pid: process.pid, addresses: { http: url } });
  lifecycle.onStop('run file', () => removeRunFile(config, serviceName));
  service.startMetering();
  logger.info('listening', { 'url.full': url });
  return { url };
}
