import { serviceNameOf } from '@sprout/wire';
import type { Span } from '@sprout/wire';
import { sendJson } from '../../http/respond.ts';
import type { Call } from '../../http/router.ts';
import { readTrace, searchTraces } from '../../store/trace-reader.ts';
import type { TraceHit } from '../../store/trace-reader.ts';
import type { Store } from '../../store/store.ts';
import { count, durationMs, timeNs } from '../parameters.ts';
import { hintsOf, spanTest } from '../traceql/evaluate.ts';
import { parseTraceQl } from '../traceql/parse.ts';

const tracesDefault = 20;
/** Traces of one answer. */
export const answerTracesMax = 500;
const spansPerTraceDefault = 3;
const hourMs = 3600_000;

/** `GET /api/search?q=…` or `?tags=a=b&minDuration=…`. */
export async function search(store: Store, nowMs: number, call: Call): Promise<void> {
  const { searchParams } = call.url;
  const query = parseTraceQl(searchParams.get('q') ?? fromTags(searchParams));
  const toNs = timeNs(searchParams.get('end'), nowMs);
  const toMs = Number(toNs / 1_000_000n);
  const fromMs = Number(timeNs(searchParams.get('start'), toMs - hourMs) / 1_000_000n);
  const hits = await searchTraces(store, {
    fromMs,
    toMs,
    ...hintsOf(query),
    matches: spanTest(query),
    tracesMax: count(searchParams.get('limit'), tracesDefault, answerTracesMax),
  });
  const spansMax = count(searchParams.get('spss'), spansPerTraceDefault, 100);
  const traces = hits.map((hit) => summary(store, hit, spansMax));
  sendJson(call.response, 200, { traces, metrics: { inspectedTraces: hits.length } });
}

/** The older parameters as TraceQL. */
function fromTags(parameters: URLSearchParams): string {
  const tags = [
    ...(parameters.get('tags') ?? '').matchAll(/([^\s=]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g),
  ];
  const conditions = tags.map(
    ([, name, quoted, plain]) =>
      `.${name} = ${literal(quoted ?? plain ?? '', quoted !== undefined)}`,
  );
  for (const [parameter, operator] of [
    ['minDuration', '>='],
    ['maxDuration', '<='],
  ] as const) {
    const value = parameters.get(parameter);
    if (value !== null) conditions.push(`duration ${operator} ${durationMs(value, 0)}ms`);
  }
  return `{ ${conditions.join(' && ')} }`;
}

function literal(text: string, quoted: boolean): string {
  if (!quoted && /^(-?\d+(\.\d+)?|true|false)$/.test(text)) return text;
  return JSON.stringify(text);
}

function summary(store: Store, hit: TraceHit, spansMax: number) {
  const spans = readTrace(store, hit.traceId);
  const root = spans.find((span) => span.parentSpanId === '') ?? spans[0] ?? hit.matched[0];
  const startNs = spans.reduce(
    (least, span) => (span.startNs < least ? span.startNs : least),
    root?.startNs ?? 0n,
  );
  const endNs = spans.reduce((most, span) => (span.endNs > most ? span.endNs : most), startNs);
  return {
    traceID: hit.traceId,
    rootServiceName: root ? serviceNameOf(root.resource) : '',
    rootTraceName: root?.name ?? '',
    startTimeUnixNano: String(startNs),
    durationMs: Number((endNs - startNs) / 1_000_000n),
    spanSets: [
      { spans: hit.matched.slice(0, spansMax).map(spanSummary), matched: hit.matched.length },
    ],
  };
}

function spanSummary(span: Span) {
  return {
    spanID: span.spanId,
    name: span.name,
    startTimeUnixNano: String(span.startNs),
    durationNanos: String(span.endNs - span.startNs),
    attributes: [{ key: 'service.name', value: { stringValue: serviceNameOf(span.resource) } }],
  };
}
