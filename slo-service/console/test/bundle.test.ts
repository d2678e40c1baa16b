import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildConsole, distDirectory } from '../build.ts';
import { openBrowser } from './fixture/browser.ts';
import { exampleTraceId } from './fixture/market.ts';
import { serveFixture } from './fixture/server.ts';

const firstPageBytesMax = 60 * 1024;
const lazyPageBytesMax = 40 * 1024;

before(buildConsole);

test('a console whose sources did not change is fresh', async () => {
  assert.equal(await buildConsole(), 'fresh');
});

test('each page loads no more code than its budget', async (t) => {
  const server = await serveFixture();
  const browser = await openBrowser();
  try {
    const first = await assetsOf(browser, server.url, '/');
    const firstBytes = await gzippedBytes(first);
    t.diagnostic(`/ ${(firstBytes / 1024).toFixed(1)} kB gzipped`);
    assert.ok(firstBytes <= firstPageBytesMax, `first page ${firstBytes} bytes`);
    for (const path of [
      '/objective/product-latency',
      '/objective/order-latency',
      '/alert/p-product',
      '/timeline',
      '/report',
      '/report/product-latency',
      '/exclusions',
      '/what-if/product-latency?target=90',
      '/what-if?from=product-latency',
      '/logs',
      '/dashboards',
      '/dashboards/views',
      `/trace/${exampleTraceId}`,
    ]) {
      const own = (await assetsOf(browser, server.url, path)).filter(
        (name) => !first.includes(name),
      );
      const bytes = await gzippedBytes(own);
      t.diagnostic(`${path} ${(bytes / 1024).toFixed(1)} kB more`);
      assert.ok(bytes <= lazyPageBytesMax, `${path} ${bytes} bytes`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
});

test('nothing is inlined that the content policy would refuse', async () => {
  const html = await readFile(join(distDirectory, 'index.html'), 'utf8');
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|data:|https?:/);
  for (const name of await readdir(join(distDirectory, 'assets'))) {
    if (!name.endsWith('.css')) continue;
    assert.doesNotMatch(await readFile(join(distDirectory, 'assets', name), 'utf8'), /url\(/);
  }
});

/** Names of the scripts and styles that a page asked for. */
async function assetsOf(
  browser: Awaited<ReturnType<typeof openBrowser>>,
  origin: string,
  path: string,
): Promise<string[]> {
  const tab = await browser.tab();
  await tab.page.goto(origin + path, { waitUntil: 'networkidle' });
  await tab.close();
  const paths = tab.requested.map((url) => new URL(url).pathname);
  return [...new Set(paths.filter((name) => /\.(js|css)$/.test(name)))];
}

async function gzippedBytes(names: readonly string[]): Promise<number> {
  const files = await Promise.all(names.map((name) => readFile(join(distDirectory, name))));
  return files.reduce((sum, file) => sum + gzipSync(file).length, 0);
}
