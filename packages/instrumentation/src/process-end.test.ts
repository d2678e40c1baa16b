import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { startChild } from '../test/child.ts';
import { send } from '../test/request.ts';
import { startSink } from '../test/sink.ts';
import type { Sink } from '../test/sink.ts';

const service = fileURLToPath(new URL('../test/service.ts', import.meta.url));
let sink: Sink;

before(async () => void (sink = await startSink()));
after(() => sink.close());

const start = (mode: string, collector = sink.url) =>
  startChild(service, { MODE: mode, OTEL_EXPORTER_OTLP_ENDPOINT: collector });

const messages = () =>
  sink.lines.map(({ line }) => (JSON.parse(line) as { message: string }).message);

test('SIGTERM under load loses no span and no line of an answered request, and exits with 0', async () => {
  const child = start('serve');
  const url = await child.firstLine;
  const answered: string[] = [];
  const client = async () => {
    for (let n = 0; ; n += 1) {
      const answer = await send(`${url}/work/${n}`).catch(() => undefined);
      if (answer === undefined) return;
      answered.push((JSON.parse(answer.body) as { trace: string }).trace);
    }
  };
  const clients = Array.from({ length: 10 }, client);
  setTimeout(() => child.kill('SIGTERM'), 1200);
  const { code, tookMs } = await child.ended(20_000);
  await Promise.all(clients);
  assert.equal(code, 0);
  assert.ok(tookMs < 6000, `kept-alive connections held it for ${tookMs} ms`);
  assert.ok(answered.length > 100, `only ${answered.length} answers`);
  const missing = (found: Set<string | undefined>) => answered.filter((id) => !found.has(id));
  const spans = () => new Set(sink.spans.map((span) => span.traceId));
  const lines = () => new Set(sink.lines.map(({ metadata }) => metadata['trace_id']));
  await sink.wait(() => missing(spans()).length === 0);
  await sink.wait(() => missing(lines()).length === 0);
});

test('a process that comes to its natural end does not hang and loses nothing', async () => {
  const { code, tookMs } = await start('work').ended(20_000);
  assert.equal(code, 0);
  assert.ok(tookMs < 10_000, `${tookMs} ms`);
  await sink.wait(() => sink.spans.some(({ name }) => name === 'last work'));
  await sink.wait(() => messages().includes('last line'));
});

test('an error that nobody caught is logged, pushed and ends the process with 1', async () => {
  const child = start('crash');
  assert.equal((await child.ended(20_000)).code, 1);
  await sink.wait(() => messages().includes('uncaught error, the process ends'));
  const line = sink.lines.find(({ line }) => line.includes('uncaught error'));
  assert.match(line?.line ?? '', /out of paper/);
  assert.match(child.stderr(), /out of paper/);
});

test('without a collector the process still ends soon', async () => {
  const nobody = 'http://127.0.0.1:9';
  const { code, tookMs } = await start('work', nobody).ended(20_000);
  assert.equal(code, 0);
  assert.ok(tookMs < 10_000, `${tookMs} ms`);
  const child = start('serve', nobody);
  const url = await child.firstLine;
  await send(`${url}/work/1`);
  child.kill('SIGTERM');
  const ended = await child.ended(20_000);
  assert.equal(ended.code, 0);
  assert.ok(ended.tookMs < 10_000, `${ended.tookMs} ms`);
});
