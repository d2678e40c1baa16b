import {
  createLogger,
  listen,
  loadConfig,
  portOf,
  publishRunFile,
  removeRunFile,
  runProcess,
} from '@sprout/process';
import type { Lifecycle } from '@sprout/process';
import { createApp } from './api/app.ts';
import { createService } from './service.ts';

const name = 'slo-service';
const logger = createLogger(name);

await runProcess(logger, start);

/** Answers first, then meters: what the ledger knows is worth showing while Prometheus starts. */
async function start(lifecycle: Lifecycle): Promise<void> {
  const config = loadConfig();
  let url = '';
  const ownUrl = () => config.links.console || url;
  const service = await createService({ config, logger, lifecycle, ownUrl });
  const listening = await listen(createApp(service.context), {
    host: config.host,
    port: portOf(config, name),
  });
  url = listening.url;
  lifecycle.onStop('http', listening.close);
  publishRunFile(config, { name, pid: process.pid, addresses: { http: url } });
  lifecycle.onStop('run file', () => removeRunFile(config, name));
  service.startMetering();
  logger.info('listening', { 'url.full': url });
}
