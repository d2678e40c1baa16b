import { zipkinFromSpans } from '@sprout/wire';
import { RequestError } from '../../http/request-error.ts';
import { sendJson, sendText } from '../../http/respond.ts';
import type { Call, Route } from '../../http/router.ts';
import { createServiceGraph } from '../../derive/service-graph.ts';
import {
  readTrace,
  recentSpans,
  scanRange,
  searchTraces,
  serviceNames,
} from '../../store/trace-reader.ts';
import type { Store } from '../../store/store.ts';
import { count } from '../parameters.ts';
import { traceIdOf } from '../trace-id.ts';
import { spanSearchOf } from './search.ts';

/** Names are collected from the blocks that arrived last. */
const nameBlocksMax = 50;
const dayMs = 86_400_000;

/** Zipkin's v2 query API, times in milliseconds and durations in microseconds. */
export function zipkinQueryRoutes(store: Store, now: () => number): Route[] {
  const get = (path: string, handle: Route['handle']): Route => ({
    method: 'GET',
    path: `/api/v2${path}`,
    handle,
  });
  return [
    get('/services', ({ response }) => sendJson(response, 200, serviceNames(store))),
    get('/spans', (call) => sendJson(call.response, 200, spanNames(store, call))),
    get('/trace/{id}', (call) => trace(store, call)),
    get('/traces', (call) => traces(store, now(), call)),
    get('/dependencies', (call) => dependencies(store, now(), call)),
  ];
}

function spanNames(store: Store, { url }: Call): string[] {
  const service = url.searchParams.get('serviceName') ?? '';
  const names = new Set<string>();
  for (const span of recentSpans(store, nameBlocksMax)) {
    if (span.resource['service.name'] === service) names.add(span.name);
  }
  return [...names].toSorted();
}

function trace(store: Store, { response, params }: Call): void {
  const id = traceIdOf(params['id'] ?? '');
  const spans = readTrace(store, id);
  if (spans.length === 0) return sendText(response, 404, `trace ${id} not found\n`);
  sendJson(response, 200, zipkinFromSpans(spans));
}

async function traces(store: Store, nowMs: number, call: Call): Promise<void> {
  const { fromMs, toMs } = lookback(call, nowMs);
  const hits = await searchTraces(store, {
    fromMs,
    toMs,
    ...spanSearchOf(call.url.searchParams),
    tracesMax: count(call.url.searchParams.get('limit'), 10, 500),
  });
  const found = hits.map(({ traceId }) => zipkinFromSpans(readTrace(store, traceId)));
  sendJson(call.response, 200, found);
}

/** As Zipkin's v2 API has it. */
interface DependencyLink {
  readonly parent: string;
  readonly child: string;
  readonly callCount: number;
  readonly errorCount: number;
}

async function dependencies(store: Store, nowMs: number, call: Call): Promise<void> {
  const links = new Map<string, DependencyLink>();
  const observe = createServiceGraph(({ client: parent, server: child, failed }) => {
    const key = JSON.stringify([parent, child]);
    const { callCount, errorCount } = links.get(key) ?? { callCount: 0, errorCount: 0 };
    const errors = errorCount + (failed ? 1 : 0);
    links.set(key, { parent, child, callCount: callCount + 1, errorCount: errors });
  });
  await scanRange(store, lookback(call, nowMs), observe);
  sendJson(call.response, 200, [...links.values()]);
}

function lookback({ url }: Call, nowMs: number) {
  const toMs = milliseconds(url.searchParams.get('endTs'), nowMs);
  return { fromMs: toMs - milliseconds(url.searchParams.get('lookback'), dayMs), toMs };
}

function milliseconds(text: string | null, fallback: number): number {
  if (text === null || text === '') return fallback;
  if (!/^\d+$/.test(text)) throw new RequestError(400, `"${text}" is not a number of milliseconds`);
  return Number(text);
}
