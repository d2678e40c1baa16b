import { createAdminRedis } from '@sprout/data';
import { observe } from '@sprout/instrumentation';
import {
  addressOf,
  listen,
  listener,
  loadConfig,
  portOf,
  problemHandler,
  publishRunFile,
  removeRunFile,
} from '@sprout/process';
import express from 'express';
import { join } from 'node:path';
import { effectOf } from './faults/effect/effects.ts';
import { faultControl } from './faults/fault-control.ts';
import { faultDesk } from './faults/fault-desk.ts';
import { readFaults, recordFault } from './faults/ground-truth.ts';
import { startProxies } from './faults/start-proxies.ts';
import { faultActive } from './signals.ts';

/** The proxies that faults are injected in, and the door to start and stop faults. */
const config = loadConfig();
const service = observe({ service: 'faults', pushLogs: false });
const active = service.bind(faultActive);
const eventsFile = join(config.dataDir, 'faults', 'events.jsonl');

const patience = { commandTimeoutMs: 2_000 };
const proxies = await startProxies(config);
const desk = faultDesk({
  effectOf: (declared) =>
    effectOf(declared, {
      place: config,
      proxies,
      connectRedis: () =>
        createAdminRedis(config, listener('redis', 'redis'), { telemetry: service, patience }),
      sloServiceUrl: () => addressOf(config, listener('slo-service')),
      warn: (message) => service.logger.warn(message),
    }),
  record: (event) => recordFault(eventsFile, event),
  onChange: (fault, on) => {
    active.set({ fault }, on ? 1 : 0);
    service.logger.warn(on ? 'fault started' : 'fault stopped', { fault });
  },
  now: () => new Date(),
});
await desk.recover(readFaults(eventsFile));

const app = express();
service.attach(app);
app.use(faultControl(desk));
app.use(problemHandler((error) => service.logger.error('unexpected', { error: String(error) })));
const server = await listen(app, { host: config.host, port: portOf(config, 'faults') });
publishRunFile(config, {
  name: 'faults',
  pid: process.pid,
  addresses: {
    http: server.url,
    ...Object.fromEntries(Object.entries(proxies).map(([name, { address }]) => [name, address])),
  },
});
service.onStop('proxies', async () => {
  await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
});
service.onStop('http', () => server.close());
service.onStop('run file', () => removeRunFile(config, 'faults'));
service.onStop('faults', () => desk.stopAll());
