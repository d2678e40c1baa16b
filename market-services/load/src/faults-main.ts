import { createAdminRedis, createRedis } from '@sprout/data';
import { redisNodeNames } from '@sprout/data/servers';
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
const isCluster = config.market.data === 'cluster';
const isOwnServer = 'process' in config.market.redis;
const adminOf = (name: string) => () =>
  createAdminRedis(config, listener(name, 'redis'), { telemetry: service, patience });
const redisServers = new Map(
  (isCluster ? redisNodeNames : ['redis']).map((name) => [name, adminOf(name)]),
);
const desk = faultDesk({
  data: config.market.data,
  effectOf: (declared) =>
    effectOf(declared, {
      place: config,
      proxies,
      // Of a cluster, or to a foreign one, the services speak to the nodes themselves.
      connectRedis: isOwnServer
        ? adminOf('redis')
        : () => createRedis(config, config.market.redis, { telemetry: service, patience }),
      redisServers,
      sloServiceUrl: () => addressOf(config, listener('slo-service')),
      warn: (message) => service.logger.warn(message),
    }),
  record: (event) => recordFault(eventsFile, event),
  onChange: (fault, on) => {
    active.set({ fault }, on ? 1 : 0);
    service.logger.warn(on ? 'fault started' : 'fault stopped', { fault });
  },
  onEndFailed: (fault, reason) => {
    active.set({ fault }, 1);
    service.logger.warn('fault not ended yet, tried again', { fault, reason });
  },
  now: () => new Date(),
});
const before = readFaults(eventsFile);

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
// With the door open: what it ends may need a server that is not back yet.
await desk.recover(before);
