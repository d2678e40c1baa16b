import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { encodeTraces } from '@sprout/wire';
import type { Span } from '@sprout/wire';
import { testSpan } from '../fixture/spans.ts';
import { readLogs, readStreams } from './log-reader.ts';
import type { LogLine } from './log-line.ts';
import { openStore } from './store.ts';
import type { Store, StoreOptions } from './store.ts';
import { readTrace, searchTraces, serviceNames } from './trace-reader.ts';

const dayMs = 86_400_000;
const journal = 'traces/a';

function storeIn(
  t: TestContext,
  options: Partial<StoreOptions> = {},
): Store & { directory: string } {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'sprout-store-'));
  const store = openStore({ directory, daysMax: 7, bytesMax: 1e9, now: Date.now, ...options });
  t.after(() => {
    store.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return { ...store, directory };
}

function write(store: Store, spans: readonly Span[], position: number): void {
  store.writeTraces([encodeTraces(spans)], { journal, position });
}

function blocks(store: Store): number {
  return store
    .days()
    .reduce((sum, day) => sum + Number(day.sql('SELECT count(*) AS n FROM block').get()?.['n']), 0);
}

const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({
  labels: { service: 'order' },
  timeNs: BigInt(Date.now()) * 1_000_000n,
  line: text,
  metadata: {},
  ...more,
});

async function linesWith(
  store: Store,
  words: string[],
): Promise<{ lines: string[]; visits: number }> {
  const found = { lines: [] as string[], visits: 0 };
  const everything = { fromNs: 0n, toNs: 1n << 62n, direction: 'forward' as const };
  const search = { ...everything, matchesStream: () => true, words };
  await readLogs(store, search, (lines) => {
    found.visits++;
    found.lines.push(...lines.map((one) => one.line));
    return true;
  });
  return found;
}

test('a trace is found across fresh and sealed blocks', (t) => {
  const store = storeIn(t);
  const traceId = 'ab'.repeat(16);
  for (let position = 1; position <= 100; position++) {
    write(store, [testSpan(position % 50 === 0 ? { traceId } : {})], position);
  }
  assert.equal(blocks(store), 37, '64 fresh blocks were merged into one, 36 came after');
  assert.equal(readTrace(store, traceId).length, 2);
  assert.deepEqual(readTrace(store, 'cd'.repeat(16)), []);
});

test('a span that was sent twice stands in its trace once', (t) => {
  const store = storeIn(t);
  const span = testSpan();
  write(store, [span], 1);
  write(store, [span], 2);
  assert.equal(readTrace(store, span.traceId).length, 1);
});

test('a search finds by service, duration and status, the newest first', async (t) => {
  const store = storeIn(t);
  const now = BigInt(Date.now()) * 1_000_000n;
  const slow = testSpan({ service: 'order', startNs: now, endNs: now + 2_000_000_000n });
  const failed = testSpan({
    service: 'order',
    startNs: now + 1_000_000n,
    status: { code: 2, message: 'no stock' },
  });
  const other = testSpan({ service: 'product', startNs: now + 2_000_000n });
  for (const [index, span] of [slow, failed, other].entries()) write(store, [span], index + 1);
  const range = { fromMs: Date.now() - 60_000, toMs: Date.now() + 60_000, tracesMax: 10 };
  const find = async (search: object, matches: (span: Span) => boolean = () => true) =>
    (await searchTraces(store, { ...range, ...search, matches })).map(({ traceId }) => traceId);
  assert.deepEqual(await find({ service: 'order' }), [failed.traceId, slow.traceId]);
  assert.deepEqual(await find({ minDurationMs: 1000 }), [slow.traceId]);
  assert.deepEqual(await find({ errors: true }), [failed.traceId]);
  assert.deepEqual(await find({}, (span) => span.resource['service.name'] === 'product'), [
    other.traceId,
  ]);
  assert.deepEqual(await find({ tracesMax: 1 }), [other.traceId]);
  assert.deepEqual(serviceNames(store), ['order', 'product']);
});

test('sealed blocks without the wanted words are not read', async (t) => {
  const store = storeIn(t);
  for (let position = 1; position <= 128; position++) {
    const text = position === 100 ? 'the needle is here' : `hay number ${position}`;
    store.writeLogs([line(text)], { journal: 'logs/a', position });
  }
  const all = await linesWith(store, []);
  assert.deepEqual([all.lines.length, all.visits], [128, 2]);
  const needle = await linesWith(store, ['needle']);
  assert.deepEqual([needle.lines.length, needle.visits], [64, 1]);
  assert.equal((await linesWith(store, ['absent'])).visits, 0);
});

test('streams are told by the time range of their blocks', (t) => {
  const store = storeIn(t);
  const labels = { service: 'order', level: 'error' };
  store.writeLogs([line('a', { labels, timeNs: 5_000_000_000n })], { journal, position: 1 });
  store.writeLogs([line('b')], { journal, position: 2 });
  assert.deepEqual(readStreams(store, 0, 6000), [{ level: 'error', service: 'order' }]);
  assert.equal(readStreams(store, 0, Date.now() + 1000).length, 2);
});

test('the position of a journal is kept over days and restarts', (t) => {
  let now = Date.UTC(2026, 10, 23, 12);
  const store = storeIn(t, { now: () => now });
  write(store, [testSpan()], 7);
  now += dayMs;
  write(store, [testSpan()], 9);
  assert.equal(store.position(journal), 9);
  assert.equal(store.position('traces/b'), undefined);
  assert.deepEqual(
    store.days().map(({ name }) => name),
    ['2026-11-24', '2026-11-23'],
  );
  store.close();
  assert.equal(storeIn(t, { directory: store.directory }).position(journal), 9);
});

test('days beyond the limit leave with their files', (t) => {
  let now = Date.UTC(2026, 10, 20);
  const store = storeIn(t, { now: () => now, daysMax: 2 });
  const spans = Array.from({ length: 4 }, () => testSpan());
  for (const [index, span] of spans.entries()) {
    write(store, [span], index + 1);
    now += dayMs;
  }
  store.retain();
  const files = readdirSync(store.directory).filter((file) => file.endsWith('.sqlite'));
  assert.deepEqual(files.toSorted(), ['2026-11-22.sqlite', '2026-11-23.sqlite']);
  assert.deepEqual(
    spans.map(({ traceId }) => readTrace(store, traceId).length),
    [0, 0, 1, 1],
  );
});

test('a single day over the limit loses its oldest blocks and no more', (t) => {
  const bytesMax = 400_000;
  const store = storeIn(t, { bytesMax });
  const noise = () =>
    Array.from({ length: 20 }, () => testSpan({ attributes: { n: crypto.randomUUID() } }));
  const first = testSpan();
  write(store, [first, ...noise()], 1);
  let last = first;
  for (let position = 2; store.bytes() < bytesMax * 1.2; position++) {
    last = testSpan();
    write(store, [last, ...noise()], position);
    store.writeLogs([line('x')], { journal: 'logs/a', position });
  }
  store.retain();
  assert.ok(store.bytes() <= bytesMax);
  assert.ok(store.bytes() > bytesMax / 3);
  assert.equal(readTrace(store, first.traceId).length, 0);
  assert.equal(readTrace(store, last.traceId).length, 1);
});
