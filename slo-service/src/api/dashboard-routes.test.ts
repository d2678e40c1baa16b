import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { listen, problemHandler } from '@sprout/process';
import express from 'express';
import { dashboardFileSchema } from '@sprout/grafana/model-file';
import { dashboardListSchema, dashboardRoutes } from './dashboard-routes.ts';

const built = join(import.meta.dirname, '../../../dashboards-as-code/_generated/models');
const everySignal = readdirSync(built).flatMap((name) =>
  [...readFileSync(join(built, name), 'utf8').matchAll(/"(\w+)"/g)].map(([, text = '']) => ({
    name: text,
  })),
);
const home = readFileSync(join(built, 'home.json'), 'utf8');

test('every dashboard that was built is listed with its folder, and served as it was written', async (t) => {
  const url = await serve(t, built);
  const { items } = dashboardListSchema.parse(await (await fetch(url)).json());
  assert.ok(items.length >= 15);
  assert.equal(items.find(({ slug }) => slug === 'home')?.folderTitle, 'Promises');
  for (const { slug } of items) {
    const written: unknown = JSON.parse(readFileSync(join(built, `${slug}.json`), 'utf8'));
    assert.deepEqual(await (await fetch(`${url}/${slug}`)).json(), written, slug);
  }
});

test('rows whose signals this stack does not emit are left out', async (t) => {
  const rowsOf = async (url: string) => {
    const board = dashboardFileSchema.parse(await (await fetch(`${url}/redis`)).json());
    return board.rows.map(({ title }) => title);
  };
  const all = await rowsOf(await serve(t, built));
  const single = await rowsOf(await serve(t, built, []));
  assert.deepEqual(
    all.filter((title) => !single.includes(title)),
    ['Cluster', 'Replication'],
  );
});

test('a change of a file is served at once, and a file that did not change is not sent again', async (t) => {
  const directory = temporary(t);
  writeFileSync(join(directory, 'home.json'), home);
  const url = `${await serve(t, directory)}/home`;
  const etag = (await fetch(url)).headers.get('etag') ?? '';
  // Else fetch adds `no-cache`, as a forced reload does.
  const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
  const again = () => fetch(url, { headers });
  assert.equal((await again()).status, 304);
  writeFileSync(join(directory, 'home.json'), home.replace('"Home"', '"Changed"'));
  const changed = await again();
  assert.equal(changed.status, 200);
  assert.match(await changed.text(), /"Changed"/);
});

test('what is not there, not a name or no model is refused by name', async (t) => {
  const directory = temporary(t);
  writeFileSync(join(directory, 'torn.json'), home.slice(0, 200));
  const url = await serve(t, directory);
  for (const [path, status, code] of [
    ['none', 404, 'DASHBOARD_UNKNOWN'],
    ['..%2F..%2Fpackage', 404, 'DASHBOARD_UNKNOWN'],
    ['torn', 500, 'DASHBOARD_UNREADABLE'],
  ] as const) {
    const response = await fetch(`${url}/${path}`);
    assert.equal(response.status, status, path);
    assert.equal(((await response.json()) as { code: string }).code, code);
  }
});

test('without a directory there are no dashboards', async (t) => {
  const url = await serve(t, undefined);
  assert.deepEqual(await (await fetch(url)).json(), { items: [], next: null });
  const missing = await serve(t, join(temporary(t), 'none'));
  assert.deepEqual(await (await fetch(missing)).json(), { items: [], next: null });
});

async function serve(
  t: TestContext,
  directory: string | undefined,
  signals = everySignal,
): Promise<string> {
  const app = express().use('/dashboards', dashboardRoutes({ dashboardsDir: directory, signals }));
  app.use(problemHandler(() => undefined));
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  t.after(() => server.close());
  return `${server.url}/dashboards`;
}

function temporary(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'dashboards-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}
