import { SproutError, listen, portOf, publishRunFile, removeRunFile } from '@sprout/process';
import type { Lifecycle, Logger, SproutConfig } from '@sprout/process';
import type { Express } from 'express';
import { createApp } from './api/app.ts';
import { replaceable } from './replaceable.ts';
import { createService } from './service.ts';
import { serviceName } from './service-name.ts';

/** A service that runs. */
export interface RunningSloService {
  readonly url: string;
  /**
   * Goes on with another configuration, at the same address: requests wait for a moment. Rejects
   * with SproutError `RELOAD_REFUSED` when it asks for another address or directory.
   */
  reload(config: SproutConfig): Promise<void>;
}

/**
 * Starts the whole service and publishes its address. It answers first, then meters: what the
 * ledger knows is worth showing while Prometheus starts.
 */
export async function startSloService(
  config: SproutConfig,
  logger: Logger,
  lifecycle: Lifecycle,
  now: () => number = Date.now,
): Promise<RunningSloService> {
  let url = '';
  let running = config;
  const start = async (wanted: SproutConfig, parts: Lifecycle): Promise<Express> => {
    const ownUrl = () => wanted.links.console || url;
    const service = await createService({ config: wanted, logger, lifecycle: parts, ownUrl, now });
    service.startMetering();
    return createApp(service.context);
  };
  const app = await replaceable(start, config, logger);
  lifecycle.onStop('service', app.stop);
  const listening = await listen(app.answer, {
    host: hostOf(config),
    authenticated: config.access !== undefined,
    port: portOf(config, serviceName),
  });
  url = listening.url;
  lifecycle.onStop('http', listening.close);
  publishRunFile(config, { name: serviceName, pid: process.pid, addresses: { http: url } });
  lifecycle.onStop('run file', () => removeRunFile(config, serviceName));
  logger.info('listening', { 'url.full': url });
  return {
    url,
    reload: async (wanted) => {
      refuseToMove(running, wanted);
      await app.replace(wanted);
      running = wanted;
      logger.info('goes on with another configuration', { objectives: wanted.objectives.length });
    },
  };
}

const hostOf = ({ access, host }: SproutConfig) => access?.host ?? host;

/** What a process cannot change while it listens and keeps its files open. */
function refuseToMove(from: SproutConfig, to: SproutConfig): void {
  const places = (config: SproutConfig) => ({
    'the address': hostOf(config),
    'the port': portOf(config, serviceName),
    dataDir: config.dataDir,
    access: config.access !== undefined,
  });
  const [before, after] = [Object.entries(places(from)), Object.entries(places(to))];
  const moved = before.filter(([, value], index) => after[index]?.[1] !== value);
  if (moved.length === 0) return;
  const names = moved.map(([name]) => name).join(', ');
  throw new SproutError('RELOAD_REFUSED', `${names} cannot be changed while slo-service runs`, {
    hint: 'restart it: ./sprout down, then ./sprout up',
  });
}
