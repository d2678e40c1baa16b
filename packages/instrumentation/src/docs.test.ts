import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { startChild } from '../test/child.ts';
import type { Child } from '../test/child.ts';
import { send } from '../test/request.ts';
import { startSink, waitFor } from '../test/sink.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = join(root, 'docs', 'watch-your-own-service.md');

test('the service of docs/watch-your-own-service.md runs as it stands there', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'sprout-docs-'));
  const sink = await startSink();
  const child = await startSnippet(dir, sink.url);
  t.after(async () => {
    child.kill('SIGKILL');
    await sink.close();
    await rm(dir, { recursive: true });
  });
  const url = await addressOf(child);

  const quote = await send(`${url}/quotes/pear`);
  assert.deepEqual(JSON.parse(quote.body), { product: 'pear', price: 1200 });
  assert.equal((await send(`${url}/quotes/kiwi`)).status, 404);
  assert.equal((await send(`${url}/readyz`)).status, 200);

  const { body } = await send(`${url}/metrics`, { accept: 'application/openmetrics-text' });
  assert.match(body, /^shop_quotes_total\{outcome="priced"\} 1$/m);
  assert.match(body, /http_route="\/quotes\/:product",.*# \{trace_id="\w{32}"/);

  child.kill('SIGTERM');
  assert.equal((await child.ended(20_000)).code, 0);
  const spans = await sink.wait(() => sink.spans.length === 4 && sink.spans);
  assert.deepEqual(
    spans.map(({ name }) => name),
    ['look up price', 'GET /quotes/:product', 'look up price', 'GET /quotes/:product'],
  );
  await sink.wait(() => sink.lines.some(({ line }) => line.includes('quote given')));
});

async function startSnippet(dir: string, collector: string): Promise<Child> {
  const [, snippet] = /```ts\n(.*?)```/s.exec(await readFile(page, 'utf8')) ?? [];
  assert.ok(snippet !== undefined);
  await symlink(join(root, 'node_modules'), join(dir, 'node_modules'));
  await writeFile(join(dir, 'package.json'), '{"type":"module"}');
  await writeFile(join(dir, 'shop.ts'), snippet);
  return startChild(join(dir, 'shop.ts'), { PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: collector });
}

/** The snippet logs its address in its first line. */
async function addressOf(child: Child): Promise<string> {
  const port = await waitFor(() => /"listening".*"port":(\d+)/.exec(child.stderr())?.[1]);
  return `http://127.0.0.1:${port}`;
}
