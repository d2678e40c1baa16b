/** The answer of Loki's `query_range` for a log query, as far as it is read. */
export interface LokiAnswer {
  readonly data?: {
    readonly resultType?: string;
    readonly result?: readonly {
      readonly stream?: Readonly<Record<string, string>>;
      readonly values?: readonly (readonly [string, string, unknown?])[];
    }[];
  };
}

export interface LogLine {
  /** Unique within an answer. */
  readonly key: string;
  readonly atMs: number;
  readonly service: string;
  readonly level: string;
  readonly text: string;
  /** What the line says besides its message, as `key=value`. */
  readonly details: string;
  readonly traceId: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** Lines of all streams, newest first. Level, message and trace id are also found in JSON lines. */
export function readLogs(answer: LokiAnswer): readonly LogLine[] {
  const seen = new Map<string, number>();
  const lines = (answer.data?.result ?? []).flatMap(({ stream = {}, values = [] }) =>
    values.map((value) => readLine(stream, value, seen)),
  );
  return lines.toSorted((a, b) => b.atMs - a.atMs);
}

function readLine(
  stream: Readonly<Record<string, string>>,
  [nanos, line, metadata]: readonly [string, string, unknown?],
  seen: Map<string, number>,
): LogLine {
  const json = jsonOf(line);
  const fields = { ...stringsOf(metadata), ...json };
  const all = { ...fields, ...stream };
  return {
    key: uniqueKey(`${nanos} ${line}`, seen),
    atMs: Number(BigInt(nanos) / 1_000_000n),
    service: all['service'] ?? all['service_name'] ?? all['service.name'] ?? '',
    level: (all['level'] ?? all['severity_text'] ?? all['severity'] ?? '').toLowerCase(),
    text: fields['message'] ?? fields['msg'] ?? fields['body'] ?? line,
    details: detailsOf(json),
    traceId: all['trace_id'] ?? all['traceId'] ?? all['traceid'],
    labels: all,
  };
}

/** Fields that a line shows elsewhere, or that every line has. */
const commonFields = new Set(
  'timestamp time ts level severity message msg body service service.name trace_id traceId span_id spanId'.split(
    ' ',
  ),
);

function detailsOf(json: Readonly<Record<string, string>>): string {
  const own = Object.entries(json).filter(([key]) => !commonFields.has(key));
  return own.map(([key, value]) => `${key}=${value}`).join(' ');
}

/** The same line keeps its key when others arrive, so that an open one stays open. */
function uniqueKey(text: string, seen: Map<string, number>): string {
  const count = seen.get(text) ?? 0;
  seen.set(text, count + 1);
  return `${text} ${count}`;
}

function jsonOf(line: string): Readonly<Record<string, string>> {
  if (!line.startsWith('{')) return {};
  try {
    return stringsOf(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function stringsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'string' ? inner : JSON.stringify(inner),
    ]),
  );
}
