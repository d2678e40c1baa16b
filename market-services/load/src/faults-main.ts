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
import { observe } from '@sprout/instrumentation';
import express from 'express';
import { join } from 'node:path';
import { faultControl } from './faults/fault-control.ts';
import { recordFault } from './faults/ground-truth.ts';
import { startTcpProxy } from './faults/tcp-proxy.ts';
import { faultActive } from './signals.ts';

/** The proxies that faults are injected in, and the door to start and stop faults. */
const config = loadConfig();
const service = observe({ service: 'faults', pushLogs: false });
const active = service.bind(faultActive);

const productDb = await startTcpProxy({
  host: config.host,
  port: portOf(config, 'faults', 'product-db'),
  target: () => addressOf(config, listener('mariadb', 'mysql')),
});
const app = express();
service.attach(app);
app.use(
  faultControl({
    proxies: new Map([['product-db', productDb]]),
    record: (event) => recordFault(join(config.dataDir, 'faults', 'events.jsonl'), event),
    onChange: (fault, on) => {
      active.set({ fault: 'product-db-slow' }, on ? 1 : 0);
      service.logger.warn(on ? 'fault started' : 'fault stopped', { fault: fault.name });
    },
    now: () => new Date(),
  }),
);
app.use(problemHandler((error) => service.logger.error('unexpected', { error: String(error) })));
const server = await listen(app, { host: config.host, port: portOf(config, 'faults') });
publishRunFile(config, {
  name: 'faults',
  pid: process.pid,
  addresses: { http: server.url, 'product-db': productDb.address },
});
service.onStop('proxy', () => productDb.close());
service.onStop('http', () => server.close());
service.onStop('run file', () => removeRunFile(config, 'faults'));
