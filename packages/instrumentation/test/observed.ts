import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { observe } from '@sprout/instrumentation';
import type { Observability, ObserveOptions } from '@sprout/instrumentation';
import express from 'express';
import { startSink } from './sink.ts';
import type { Sink } from './sink.ts';

/** An express app in this process, watched, with a sink that receives its telemetry. */
export interface Observed {
  readonly watch: Observability;
  readonly sink: Sink;
  readonly url: string;
  stop(): Promise<void>;
}

/** `addRoutes` runs after the platform's routes are attached. */
export async function startObserved(
  addRoutes: (app: express.Express, watch: Observability) => void,
  options: Partial<ObserveOptions> = {},
): Promise<Observed> {
  const sink = await startSink();
  const watch = observe({
    service: 'under-test',
    endpoints: { otlp: sink.url, zipkin: sink.url, logs: sink.url },
    handleSignals: false,
    logLevel: 'error',
    sendDelayMs: 20,
    ...options,
  });
  const app = express().set('env', 'test');
  watch.attach(app);
  addRoutes(app, watch);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A test that fails before it stops them must not keep the process.
  server.unref();
  return {
    watch,
    sink,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await watch.shutdown();
      await sink.close();
    },
  };
}
