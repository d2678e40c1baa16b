import { listen, portOf } from '@sprout/process';
import type { Logger, SproutConfig } from '@sprout/process';
import { connectionsMax } from './http/connections.ts';
import { sendJson, send } from './http/respond.ts';
import { router } from './http/router.ts';
import type { Route } from './http/router.ts';
import type { Ingest } from './journals/ingest.ts';
import type { Journals } from './journals/journals.ts';
import type { CollectorMetrics } from './metrics/collector-metrics.ts';
import { reportLedger } from './metrics/ledger.ts';
import { gated } from './query/gate.ts';
import { queryErrors } from './query/errors.ts';
import { lokiRoutes } from './query/loki/routes.ts';
import { tempoRoutes } from './query/tempo/routes.ts';
import { zipkinQueryRoutes } from './query/zipkin/routes.ts';
import { createAdmission } from './receivers/admission.ts';
import { lokiPushRoute } from './receivers/loki-push.ts';
import { otlpRoutes } from './receivers/otlp.ts';
import { remoteWriteRoute } from './receivers/remote-write.ts';
import { zipkinRoute } from './receivers/zipkin.ts';
import type { Store } from './store/store.ts';

export interface ListenerParts {
  readonly config: SproutConfig;
  readonly logger: Logger;
  readonly metrics: CollectorMetrics;
  readonly journals: Journals;
  readonly ingest: Ingest;
  readonly store: Store;
}

/** The listeners and how they end. */
export interface Listeners {
  readonly addresses: Readonly<Record<string, string>>;
  /** Refuses further telemetry with 503 and resolves when what was admitted is answered. */
  stopReceiving(): Promise<void>;
  close(): Promise<void>;
}

/** The three listeners: `http` receives, `zipkin` receives and answers, `query` answers. */
export async function startListeners(parts: ListenerParts): Promise<Listeners> {
  const { config, store, logger } = parts;
  const admission = createAdmission();
  let ready = true;
  const context = { ...parts, admission, bodyBytesMax: config.collector.bodyBytesMax };
  const zipkinQueries = gated(zipkinQueryRoutes(store, Date.now));
  const queries = gated([...lokiRoutes(store, Date.now), ...tempoRoutes(store, Date.now)]);
  const routes: Record<string, readonly Route[]> = {
    http: [
      ...otlpRoutes(context),
      lokiPushRoute(context),
      remoteWriteRoute(context),
      ...ownRoutes(parts, () => ready),
    ],
    zipkin: [zipkinRoute(context), ...zipkinQueries],
    query: [...queries, ...zipkinQueries],
  };
  const listening = await Promise.all(
    Object.entries(routes).map(async ([name, of]) => {
      const port = portOf(config, 'collector', name);
      const handler = router(of, queryErrors(logger));
      const listening = await listen(handler, { host: config.host, port });
      listening.server.maxConnections = connectionsMax;
      return { name, ...listening };
    }),
  );
  return {
    addresses: Object.fromEntries(listening.map(({ name, url }) => [name, url])),
    stopReceiving: () => {
      ready = false;
      return admission.close();
    },
    close: async () => void (await Promise.all(listening.map(({ close }) => close()))),
  };
}

function ownRoutes({ metrics, journals, store }: ListenerParts, isReady: () => boolean): Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      handle: ({ response }) => sendJson(response, 200, { status: 'ok' }),
    },
    {
      method: 'GET',
      path: '/readyz',
      handle: ({ response }) =>
        isReady()
          ? sendJson(response, 200, { status: 'ready' })
          : sendJson(response, 503, { status: 'stopping' }),
    },
    {
      method: 'GET',
      path: '/metrics',
      handle: async ({ response }) => {
        reportLedger(metrics, journals);
        metrics.storeBytes.set(store.bytes());
        const text = await metrics.registry.metrics();
        send(response, 200, metrics.registry.contentType, text);
      },
    },
  ];
}
