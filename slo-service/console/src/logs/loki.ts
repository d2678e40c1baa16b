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
  readonly traceId: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** Lines of all streams, newest first. Level, message and trace id are also found in JSON lines. */
export function readLogs(answer: LokiAnswer): readonly LogLine[] {
  const lines = (answer.data?.result ?? []).flatMap(({ stream = {}, values = [] }, index) =>
    values.map((value, order) => readLine(stream, value, `${index}-${order}`)),
  );
  return lines.toSorted((a, b) => b.atMs - a.atMs);
}

function readLine(
  stream: Readonly<Record<string, string>>,
  [nanos, line, metadata]: readonly [string, string, unknown?],
  key: string,
): LogLine {
  const fields = { ...stringsOf(metadata), ...jsonOf(line) };
  const all = { ...fields, ...stream };
  return {
    key: `${nanos}-${key}`,
    atMs: Number(BigInt(nanos) / 1_000_000n),
    service: all['service'] ?? all['service_name'] ?? all['service.name'] ?? '',
    level: (all['level'] ?? all['severity_text'] ?? all['severity'] ?? '').toLowerCase(),
    text: fields['message'] ?? fields['msg'] ?? fields['body'] ?? line,
    traceId: all['trace_id'] ?? all['traceId'] ?? all['traceid'],
    labels: all,
  };
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
