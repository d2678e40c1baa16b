import { styleText } from 'node:util';
import type { Command } from '@sprout/process';
import { fetchJson, queryUrl } from './query-client.ts';

export const logsCommand: Command = {
  name: ['logs'],
  summary: 'Show log lines that a LogQL query finds, oldest first.',
  arguments: 'QUERY',
  options: { since: { type: 'string' }, limit: { type: 'string' } },
  optionHelp: {
    since: 'how far to look back, for example 15m; 1h unless given',
    limit: 'lines at most, the newest; 100 unless given',
  },
  examples: [
    `./sprout logs '{service="order"} |= "rejected"'`,
    `./sprout logs '{service=~".+"} | level="error"' --since 15m --limit 20`,
    `./sprout logs '{service="gateway"}' --json     # one JSON line per log line`,
  ],
  run: async ({ values, positionals, config, print, warn }) => {
    const url = queryUrl(config(), '/loki/api/v1/query_range', {
      query: positionals[0] ?? '',
      since: textOf(values['since'], '1h'),
      limit: textOf(values['limit'], '100'),
    });
    const { data } = (await fetchJson(url)) as LokiAnswer;
    if (data.resultType !== 'streams') return printValues(data, print);
    const lines = linesOf(data.result);
    if (lines.length === 0) warn('no lines');
    for (const line of lines) {
      print(values['json'] === true ? JSON.stringify(line) : readable(line, process.stdout.isTTY));
    }
    return 0;
  },
};

type LokiAnswer = { readonly data: Streams | Other };
interface Streams {
  readonly resultType: 'streams';
  readonly result: readonly {
    readonly stream: Readonly<Record<string, string>>;
    readonly values: readonly (readonly [string, string])[];
  }[];
}
interface Other {
  readonly resultType: 'matrix' | 'vector';
  readonly result: readonly unknown[];
}

interface Line {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly line: string;
}

function linesOf(streams: Streams['result']): Line[] {
  return streams
    .flatMap(({ stream, values }) => values.map(([ns, line]) => ({ ns: BigInt(ns), stream, line })))
    .toSorted((a, b) => (a.ns < b.ns ? -1 : a.ns > b.ns ? 1 : 0))
    .map(({ ns, stream, line }) => ({
      time: new Date(Number(ns / 1_000_000n)).toISOString(),
      labels: stream,
      line,
    }));
}

function readable({ time, labels, line }: Line, color: boolean): string {
  const paint = (format: 'gray' | 'cyan', text: string) => (color ? styleText(format, text) : text);
  const service = labels['service'] ?? labels['service_name'] ?? '';
  const trace =
    labels['trace_id'] === undefined ? '' : paint('gray', `  trace=${labels['trace_id']}`);
  return `${paint('gray', time)} ${paint('cyan', service)} ${line}${trace}`;
}

function printValues(data: Other, print: (line: string) => void): number {
  for (const series of data.result) print(JSON.stringify(series));
  return 0;
}

function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
