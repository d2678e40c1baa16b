import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { compressSnappy, encodeTraces, encodeWriteRequest } from '@sprout/wire';
import { spawnCollector } from './fixture/collector-process.ts';
import type { CollectorProcess } from './fixture/collector-process.ts';
import { eventually } from '@sprout/process/testing';
import { jsonType, post, protobufType } from './fixture/post.ts';
import { runPrometheus } from './fixture/prometheus.ts';
import { readMetric } from './fixture/running-collector.ts';
import { randomHex, testSpan } from './fixture/spans.ts';
import { testConfig } from './fixture/test-config.ts';

const rounds = 5;
const senders = 4;

/** What was answered 2xx, by signal. */
interface Acknowledged {
  readonly traces: string[];
  readonly lines: string[];
  readonly samples: string[];
}

test('whatever was acknowledged before kill -9 is found after it, once', async (t) => {
  const prometheus = await runPrometheus(t);
  const config = testConfig(t, { telemetry: { prometheus: { url: prometheus.url } } });
  const acknowledged: Acknowledged = { traces: [], lines: [], samples: [] };
  for (let round = 0; round < rounds; round++) {
    const collector = await spawnCollector(t, config);
    const ended = new AbortController();
    const sending = Array.from({ length: senders }, () =>
      send(collector, acknowledged, ended.signal),
    );
    await sleep(100 + Math.random() * 700);
    await collector.end('SIGKILL');
    ended.abort();
    await Promise.all(sending);
  }
  t.diagnostic(
    `${acknowledged.traces.length} traces, ${acknowledged.lines.length} lines, ${acknowledged.samples.length} samples acknowledged`,
  );
  assert.ok(acknowledged.traces.length > rounds);
  const collector = await spawnCollector(t, config);
  const { http = '', query = '' } = collector.addresses;
  for (const queue of [
    'traces",consumer="store',
    'traces",consumer="derive',
    'logs",consumer="store',
    'metrics",consumer="remote-write',
  ]) {
    await eventually(`nothing is queued: ${queue}`, async () => {
      return (await readMetric(http, `collector_queued_items{signal="${queue}"}`)) === 0;
    });
  }
  for (const traceId of acknowledged.traces) {
    const response = await fetch(`${query}/api/v2/trace/${traceId}`);
    assert.equal(response.status, 200, `trace ${traceId}`);
    assert.equal(((await response.json()) as unknown[]).length, 1);
  }
  const lines = await allLines(query);
  assert.deepEqual(
    acknowledged.lines.filter((line) => lines.get(line) !== 1),
    [],
    'every line is there once',
  );
  const samples = await prometheus.query('last_over_time(crash_total[1h])');
  const stored = new Set(samples.map(({ metric }) => metric['id']));
  assert.deepEqual(
    acknowledged.samples.filter((id) => !stored.has(id)),
    [],
  );
});

async function send(
  { addresses }: CollectorProcess,
  acknowledged: Acknowledged,
  ended: AbortSignal,
) {
  const { http } = addresses;
  try {
    while (!ended.aborted) {
      const span = testSpan();
      const line = `line ${randomHex(8)}`;
      const id = randomHex(8);
      const traces = await post(`${http}/v1/traces`, encodeTraces([span]), protobufType);
      if (traces.ok) acknowledged.traces.push(span.traceId);
      const logs = await post(`${http}/loki/api/v1/push`, push(line), jsonType);
      if (logs.ok) acknowledged.lines.push(line);
      const samples = await post(`${http}/api/v1/write`, write(id), protobufType);
      if (samples.ok) acknowledged.samples.push(id);
    }
  } catch {
    // The process is gone; what it answered before is what counts.
  }
}

function push(line: string): string {
  const values = [[`${Date.now()}000000`, line]];
  return JSON.stringify({ streams: [{ stream: { service: 'crash' }, values }] });
}

function write(id: string): Uint8Array {
  const labels = [
    ['__name__', 'crash_total'],
    ['id', id],
  ] as const;
  return compressSnappy(
    encodeWriteRequest([{ labels, samples: [{ value: 1, timestampMs: Date.now() }] }]),
  );
}

/** Lines by how often they are stored. */
async function allLines(query: string): Promise<Map<string, number>> {
  const parameters = new URLSearchParams({ query: '{service="crash"}', limit: '5000' });
  const response = await fetch(`${query}/loki/api/v1/query_range?${parameters}`);
  const { data } = (await response.json()) as {
    data: { result: { values: [string, string][] }[] };
  };
  const counts = new Map<string, number>();
  for (const [, line] of data.result.flatMap(({ values }) => values)) {
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}
