import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { createKey } from '../access/api-key.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';

const admin = createKey('status', 'admin', Date.now());
let service: RunningService;

/** Half of all fail from the tenth minute to the fifth before now. */
before(async () => {
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const failed = (scrape: number) => (scrape >= 80 && scrape < 100 ? 100 : 0);
  const series = shopSeries({ untilMs, minutes: 30, ok: () => 100, failed });
  const input = { access: { keys: [admin.kept] }, api: { publicStatus: true } };
  service = await runningService(series, input, admin.key);
  const notes = [
    { kind: 'announcement', title: 'Maintenance on <Sunday>' },
    { kind: 'deploy', title: 'secret-project 1.2', service: 'shop', url: 'https://git.example/x' },
  ];
  for (const note of notes) {
    await fetch(`${service.url}/api/v1/annotations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(note),
    });
  }
});

after(() => service.stop());

const get = async (path: string, language = 'en') => {
  const response = await fetch(service.url + path, { headers: { 'accept-language': language } });
  return { response, text: await response.text() };
};

it('the status page says in words how the promises to users stand, to everybody', async () => {
  const { response, text } = await get('/status');
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('cache-control'), 'public, max-age=60');
  assert.match(text, /1 of 1 services does not work as promised/);
  assert.match(text, /99 % of requests are answered/);
  assert.equal(text.match(/<li class="(good|bad|none)"/g)?.length, 90);
  assert.match(text, /<li class="bad" title="\d{4}-\d\d-\d\d: \d\d(\.\d+)?\u00a0% answered well">/);
  assert.match(text, /Maintenance on &lt;Sunday&gt;/);
  assert.match(text, /, [567] min: 99 % of requests/);
});

it('it holds no script, and nothing that is not for everybody', async () => {
  for (const path of ['/status', '/status.atom', '/status.rss', '/badge/shop-availability.svg']) {
    const { text } = await get(path);
    assert.doesNotMatch(text, /<script|secret-project|git\.example|key:status|owner|shop-latency/);
  }
  const { response } = await get('/status');
  assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'none'/);
  assert.equal((await get('/api/v1/objectives')).response.status, 401);
});

it('it speaks Korean', async () => {
  const { text } = await get('/status', 'ko');
  assert.match(text, /<html lang="ko">[^]*서비스 1개 중 1개가 약속대로 동작하지 않습니다/);
  assert.match((await get('/status?lang=en', 'ko')).text, /<html lang="en">/);
});

it('feeds tell incidents and announcements', async () => {
  const atom = await get('/status.atom');
  assert.match(atom.response.headers.get('content-type') ?? '', /^application\/atom\+xml/);
  assert.equal(atom.text.match(/<entry>/g)?.length, 2);
  assert.match(atom.text, /Maintenance on <Sunday>|Maintenance on &lt;Sunday&gt;/);
  const rss = await get('/status.rss');
  assert.equal(rss.text.match(/<item>/g)?.length, 2);
});

it('a badge says it in an image with a title', async () => {
  const { response, text } = await get('/badge/shop-availability.svg');
  assert.match(response.headers.get('content-type') ?? '', /^image\/svg\+xml/);
  assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
  assert.match(
    text,
    /role="img" aria-label="99 % of requests are answered: broken · 0\u00a0% of budget/,
  );
  assert.match(text, /<title>99 % of requests are answered: broken/);
  const etag = response.headers.get('etag') ?? '';
  const again = await fetch(`${service.url}/badge/shop-availability.svg`, {
    headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
  });
  assert.equal(again.status, 304);
  assert.equal((await get('/badge/none.svg')).response.status, 404);
});
