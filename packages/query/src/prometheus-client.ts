/** A series with raw samples: `values` as `[Unix seconds, number as text]`. */
export interface MatrixSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

/** A series with one sample. */
export interface VectorSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** The exemplars of one series. */
export interface ExemplarSeries {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly exemplars: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: string;
    /** Unix seconds. */
    readonly timestamp: number;
  }[];
}

/** What an instant query answers, by the type of its expression. */
export type QueryResult =
  | { readonly resultType: 'vector'; readonly result: readonly VectorSample[] }
  | { readonly resultType: 'matrix'; readonly result: readonly MatrixSeries[] }
  | { readonly resultType: 'scalar' | 'string'; readonly result: readonly [number, string] };

/** The query API of Prometheus, Mimir and Grafana Cloud. Times are Unix milliseconds. */
export interface PrometheusClient {
  /** Instant query; a range selector such as `up[5m]` answers raw samples. */
  query(expression: string, atMs: number): Promise<QueryResult>;
  queryRange(
    expression: string,
    range: { readonly fromMs: number; readonly toMs: number; readonly stepSeconds: number },
  ): Promise<readonly MatrixSeries[]>;
  queryExemplars(
    expression: string,
    range: { readonly fromMs: number; readonly toMs: number },
  ): Promise<readonly ExemplarSeries[]>;
}

/** A query that was not answered; `status` is the HTTP status, absent when nobody answered. */
export class PrometheusError extends Error {
  override readonly name = 'PrometheusError';
  readonly status: number | undefined;
  /** `bad_data`, `timeout`, `execution` …, as Prometheus calls it; `unreachable` when nobody answered. */
  readonly kind: string;
  /** How long the source asked to be left alone, milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: string,
    message: string,
    options: { status?: number; cause?: unknown; retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * A client of `<address>/api/v1`. The address is asked for at every request, because it may
 * change when Prometheus restarts. Expressions travel in POST forms, so their length has no limit.
 * Throws PrometheusError.
 */
export function prometheusClient(options: {
  /** Base URL now; undefined while it is unknown. */
  address(): string | undefined;
  /** Headers that are sent beside the client's own, asked for at every request. */
  headers?(): Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}): PrometheusClient {
  const ask = <T>(path: string, form: Readonly<Record<string, string>>) =>
    post<T>(options, path, form);
  return {
    query: (query, atMs) => ask<QueryResult>('query', { query, time: seconds(atMs) }),
    queryRange: async (query, { fromMs, toMs, stepSeconds }) => {
      const range = { start: seconds(fromMs), end: seconds(toMs), step: String(stepSeconds) };
      const { result } = await ask<{ result: MatrixSeries[] }>('query_range', { query, ...range });
      return result;
    },
    queryExemplars: (query, { fromMs, toMs }) =>
      ask('query_exemplars', { query, start: seconds(fromMs), end: seconds(toMs) }),
  };
}

async function post<T>(
  options: Parameters<typeof prometheusClient>[0],
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<T> {
  const address = options.address();
  if (address === undefined) {
    throw new PrometheusError('unreachable', 'the address of Prometheus is not known yet');
  }
  const response = await send(`${address.replace(/\/$/, '')}/api/v1/${path}`, {
    method: 'POST',
    headers: {
      ...encodingFor(address),
      ...options.headers?.(),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
    signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
  });
  return dataOf<T>(response, await response.text());
}

/** On one machine, packing and unpacking an answer costs both sides more than copying it. */
function encodingFor(address: string): Readonly<Record<string, string>> {
  const { hostname } = new URL(address);
  const isNear = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return isNear ? { 'accept-encoding': 'identity' } : {};
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new PrometheusError('unreachable', `${url} does not answer`, { cause });
  }
}

/** Trusts the shape of a successful answer: it is Prometheus' published API. */
function dataOf<T>(response: Response, text: string): T {
  const answer = parse(text);
  if (response.ok && answer?.status === 'success') return answer.data as T;
  throw new PrometheusError(
    answer?.errorType ?? 'unexpected',
    answer?.error ?? `HTTP ${response.status}: ${text.slice(0, 200)}`,
    { status: response.status, retryAfterMs: retryAfterMs(response) },
  );
}

/** `Retry-After` is in seconds, or a date. */
function retryAfterMs({ headers }: Response): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

interface Answer {
  readonly status: string;
  readonly data?: unknown;
  readonly errorType?: string;
  readonly error?: string;
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    // A proxy's error page, say; the caller quotes it.
    return undefined;
  }
}

/** Prometheus reads times as seconds, to the millisecond. */
const seconds = (ms: number): string => (ms / 1000).toFixed(3);
