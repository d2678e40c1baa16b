import { RequestError } from '../../http/request-error.ts';
import { sendJson, sendText } from '../../http/respond.ts';
import type { Call, Route } from '../../http/router.ts';
import { readStreams } from '../../store/log-reader.ts';
import type { Store } from '../../store/store.ts';
import { parseLogQl } from '../logql/parse.ts';
import { matchesStream } from '../logql/pipeline.ts';
import type { LogQuery, MetricQuery } from '../logql/query.ts';
import { evaluateMetric } from '../logql/range-vector.ts';
import { selectLines } from '../logql/select-lines.ts';
import { count, durationMs, timeNs } from '../parameters.ts';
import { matrixOf, streamsOf, vectorOf } from './results.ts';

/** Lines of one answer when the query names no limit, and at most. */
const linesDefault = 100;
export const answerLinesMax = 5000;

const hourMs = 3600_000;
const prefix = '/loki/api/v1';

/** The part of Loki's query API that Grafana, the console and the command line use. */
export function lokiRoutes(store: Store, now: () => number): Route[] {
  const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, handle });
  return [
    get(`${prefix}/query_range`, (call) => queryRange(store, now(), call)),
    get(`${prefix}/query`, (call) => queryInstant(store, now(), call)),
    get(`${prefix}/labels`, (call) => answer(call, labelNames(streamsIn(store, now(), call)))),
    get(`${prefix}/label/{name}/values`, (call) =>
      answer(call, labelValues(streamsIn(store, now(), call), call.params['name'] ?? '')),
    ),
    get(`${prefix}/series`, (call) => series(store, now(), call)),
    get(`${prefix}/status/buildinfo`, (call) =>
      sendJson(call.response, 200, {
        version: '3.0.0',
        revision: 'sprout',
        branch: '',
        goVersion: '',
      }),
    ),
    get('/ready', (call) => sendText(call.response, 200, 'ready\n')),
  ];
}

async function queryRange(store: Store, nowMs: number, call: Call): Promise<void> {
  const query = parseLogQl(parameter(call, 'query'));
  const { fromNs, toNs } = rangeOf(call, nowMs);
  if (query.kind === 'log') return lines(store, query, { fromNs, toNs }, call);
  const steps = stepsOf(call, Number(fromNs / 1_000_000n), Number(toNs / 1_000_000n));
  if (query.kind === 'constant') {
    const times = Array.from({ length: stepCount(steps) }, (_, index) => index);
    const values = times.map(
      (index) => [(steps.fromMs + index * steps.stepMs) / 1000, query.value] as const,
    );
    return result(call, 'matrix', matrixOf([{ metric: {}, values: [...values] }]));
  }
  result(call, 'matrix', matrixOf(await evaluateMetric(store, query, steps)));
}

async function queryInstant(store: Store, nowMs: number, call: Call): Promise<void> {
  const query = parseLogQl(parameter(call, 'query'));
  const atMs = Number(timeNs(call.url.searchParams.get('time'), nowMs) / 1_000_000n);
  if (query.kind === 'log') {
    throw new RequestError(
      400,
      'log queries are not supported as an instant query; use query_range',
    );
  }
  if (query.kind === 'constant') {
    return result(call, 'vector', [{ metric: {}, value: [atMs / 1000, String(query.value)] }]);
  }
  result(call, 'vector', vectorOf(await instant(store, query, atMs)));
}

function instant(store: Store, query: MetricQuery, atMs: number) {
  return evaluateMetric(store, query, { fromMs: atMs, toMs: atMs, stepMs: 1000 });
}

async function lines(
  store: Store,
  query: LogQuery,
  range: { readonly fromNs: bigint; readonly toNs: bigint },
  call: Call,
): Promise<void> {
  const { searchParams } = call.url;
  const direction = searchParams.get('direction')?.toLowerCase() ?? 'backward';
  if (direction !== 'backward' && direction !== 'forward') {
    throw new RequestError(400, `direction "${direction}" is not forward or backward`);
  }
  const limit = count(searchParams.get('limit'), linesDefault, answerLinesMax);
  const entries = await selectLines(store, query, { ...range, direction, limit });
  const flags = String(call.request.headers['x-loki-response-encoding-flags'] ?? '');
  const categorized = flags.includes('categorize-labels');
  result(call, 'streams', streamsOf(entries, categorized), {
    ...(categorized ? { encodingFlags: ['categorize-labels'] } : {}),
    stats: {},
  });
}

function series(store: Store, nowMs: number, call: Call): void {
  const selectors = call.url.searchParams.getAll('match[]').map((text) => {
    const query = parseLogQl(text);
    if (query.kind !== 'log') throw new RequestError(400, `"${text}" is not a stream selector`);
    return query;
  });
  const streams = streamsIn(store, nowMs, call).filter(
    (labels) => selectors.length === 0 || selectors.some((query) => matchesStream(query, labels)),
  );
  answer(call, streams);
}

function streamsIn(store: Store, nowMs: number, call: Call) {
  const { fromNs, toNs } = rangeOf(call, nowMs, 6 * hourMs);
  return readStreams(store, Number(fromNs / 1_000_000n), Number(toNs / 1_000_000n));
}

function labelNames(streams: readonly Readonly<Record<string, string>>[]): string[] {
  return [...new Set(streams.flatMap((labels) => Object.keys(labels)))].toSorted();
}

function labelValues(streams: readonly Readonly<Record<string, string>>[], name: string): string[] {
  return [...new Set(streams.flatMap((labels) => labels[name] ?? []))].toSorted();
}

function rangeOf(call: Call, nowMs: number, lengthMs = hourMs) {
  const { searchParams } = call.url;
  const toNs = timeNs(searchParams.get('end'), nowMs);
  const since = durationMs(searchParams.get('since'), lengthMs);
  const fromNs = timeNs(searchParams.get('start'), Number(toNs / 1_000_000n) - since);
  if (fromNs > toNs) throw new RequestError(400, 'the end is before the start');
  return { fromNs, toNs };
}

function stepsOf(call: Call, fromMs: number, toMs: number) {
  const fallbackMs = Math.max(1000, Math.floor((toMs - fromMs) / 250));
  return { fromMs, toMs, stepMs: durationMs(call.url.searchParams.get('step'), fallbackMs) };
}

function stepCount(steps: { fromMs: number; toMs: number; stepMs: number }): number {
  return Math.min(11_000, Math.floor((steps.toMs - steps.fromMs) / steps.stepMs) + 1);
}

function parameter(call: Call, name: string): string {
  const value = call.url.searchParams.get(name);
  if (value === null) throw new RequestError(400, `parameter "${name}" is missing`);
  return value;
}

function result(call: Call, resultType: string, value: unknown, more: object = {}): void {
  answer(call, { resultType, result: value, ...more });
}

function answer(call: Call, data: unknown): void {
  sendJson(call.response, 200, { status: 'success', data });
}
