import {
  addressOf,
  listen,
  listener,
  loadConfig,
  portOf,
  publishRunFile,
  removeRunFile,
} from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { observe } from '@sprout/instrumentation';
import express from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import { createProgramToken } from '../../src/program-token.ts';
import { startTraffic } from './run-load.ts';
import { loadLatency, loadRequests } from './signals.ts';
import { createHttpClient } from './traffic/http-client.ts';
import type { HttpClient } from './traffic/http-client.ts';
import { readCatalogue } from './traffic/shopper.ts';

/** Steady mixed traffic at `market.trafficRps`, for as long as the stack runs. */
const config = loadConfig();
const service = observe({ service: 'load', endpoints: () => endpoints(config) });
const requests = service.bind(loadRequests);
const latency = service.bind(loadLatency);

const app = express();
service.attach(app);
const server = await listen(app, { host: config.host, port: portOf(config, 'load') });
publishRunFile(config, { name: 'load', pid: process.pid, addresses: { http: server.url } });
service.onStop('http', () => server.close());
service.onStop('run file', () => removeRunFile(config, 'load'));

const visitorPatienceMs = 10_000;
const token = createProgramToken(config, 'load');
service.onStop('token', () => token.stop());
const client = createHttpClient(
  () => addressOf(config, listener('gateway')) ?? 'http://127.0.0.1:9',
  visitorPatienceMs,
  token.authorization,
);
service.onStop('client', () => client.close());
await drive(client);

async function drive(client: HttpClient): Promise<void> {
  const catalogue = await waitForCatalogue(client);
  const rps = config.market.trafficRps;
  if (rps === 0) return;
  service.logger.info('traffic starts', { rps, products: catalogue.products.length });
  const generator = startTraffic(
    client,
    catalogue,
    { rps, durationMs: Infinity, seed: 1 },
    ({ outcome, latencyMs }) => {
      requests.inc({ outcome });
      if (outcome !== 'not_sent') latency.observe({}, latencyMs / 1000);
    },
  );
  service.onStop('traffic', () => generator.stop());
}

async function waitForCatalogue(client: HttpClient) {
  for (;;) {
    const catalogue = await readCatalogue(client);
    if (catalogue.products.length > 0 && catalogue.accounts.length > 0) return catalogue;
    await sleep(500);
  }
}

function endpoints(config: SproutConfig) {
  const { otlp, zipkin, logs } = config.telemetry;
  const known = {
    otlp: addressOf(config, otlp),
    zipkin: addressOf(config, zipkin),
    logs: addressOf(config, logs),
  };
  return Object.fromEntries(Object.entries(known).filter(([, url]) => url !== undefined));
}
