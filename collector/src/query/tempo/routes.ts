import { encodeTraces, spansToOtlpJson } from '@sprout/wire';
import type { Span } from '@sprout/wire';
import { send, sendJson, sendText } from '../../http/respond.ts';
import type { Call, Route } from '../../http/router.ts';
import { readTrace } from '../../store/trace-reader.ts';
import type { Store } from '../../store/store.ts';
import { traceIdOf } from '../trace-id.ts';
import { search } from './search.ts';
import { tagNames, tagValues } from './tags.ts';

/** The part of Tempo's query API that Grafana, the console and the command line use. */
export function tempoRoutes(store: Store, now: () => number): Route[] {
  const get = (path: string, handle: Route['handle']): Route => ({
    method: 'GET',
    path: `/tempo/api${path}`,
    handle,
  });
  return [
    get('/traces/{id}', (call) => traceV1(store, call)),
    get('/v2/traces/{id}', (call) => traceV2(store, call)),
    get('/search', (call) => search(store, now(), call)),
    get('/search/tags', ({ response }) =>
      sendJson(response, 200, { tagNames: tagNames(store).flatMap(({ tags }) => tags) }),
    ),
    get('/v2/search/tags', ({ response }) => sendJson(response, 200, { scopes: tagNames(store) })),
    get('/search/tag/{tag}/values', ({ response, params }) =>
      sendJson(response, 200, { tagValues: tagValues(store, params['tag'] ?? '') }),
    ),
    get('/v2/search/tag/{tag}/values', ({ response, params }) =>
      sendJson(response, 200, {
        tagValues: tagValues(store, params['tag'] ?? '').map((value) => ({
          type: 'string',
          value,
        })),
      }),
    ),
    get('/echo', ({ response }) => sendText(response, 200, 'echo')),
    get('/status/buildinfo', ({ response }) =>
      sendJson(response, 200, { version: '2.6.0', revision: 'sprout' }),
    ),
  ];
}

const protobuf = 'application/protobuf';

/** 404 for an unknown trace; the body is a `tempopb.Trace`, which OTLP's request is too. */
function traceV1(store: Store, call: Call): void {
  const spans = spansOf(store, call);
  if (spans.length === 0) return sendText(call.response, 404, 'trace not found\n');
  if (wantsProtobuf(call)) return send(call.response, 200, protobuf, encodeTraces(spans));
  sendJson(call.response, 200, { batches: spansToOtlpJson(spans)['resourceSpans'] });
}

/** As Tempo's: an unknown trace is an empty answer. */
function traceV2(store: Store, call: Call): void {
  const spans = spansOf(store, call);
  if (wantsProtobuf(call)) return send(call.response, 200, protobuf, wrapped(encodeTraces(spans)));
  sendJson(call.response, 200, { trace: spans.length === 0 ? {} : spansToOtlpJson(spans) });
}

function spansOf(store: Store, call: Call): Span[] {
  return readTrace(store, traceIdOf(call.params['id'] ?? ''));
}

function wantsProtobuf(call: Call): boolean {
  return (call.request.headers.accept ?? '').includes(protobuf);
}

/** `tempopb.TraceByIDResponse`: the trace is field 1. */
function wrapped(trace: Uint8Array): Uint8Array {
  const header: number[] = [0x0a];
  let length = trace.length;
  for (; length > 127; length = Math.floor(length / 128)) header.push((length % 128) | 128);
  return Buffer.concat([Buffer.from([...header, length]), trace]);
}
