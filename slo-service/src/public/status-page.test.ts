import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusFeed } from './feed.ts';
import type { PublicMark, PublicStatus } from './public-status.ts';
import { statusPage } from './status-page.ts';

const title = { en: 'Orders are answered', ko: '주문이 응답됩니다' };
const at = '2026-11-23T11:18:00.000Z';
const day = (date: string, marks: readonly PublicMark[]) => ({
  date,
  compliance: 0.999,
  kept: true,
  marks,
});
const status: PublicStatus = {
  asOf: '2026-11-23T12:00:00.000Z',
  zone: 'Asia/Seoul',
  services: [
    {
      id: 'orders',
      title,
      target: 0.99,
      verdict: 'kept',
      compliance: 0.999,
      days: [
        day('2026-11-21', []),
        day('2026-11-22', ['approximate']),
        day('2026-11-23', ['simulated', 'approximate']),
      ],
    },
  ],
  incidents: [
    { service: 'orders', title, from: at, to: null, minutes: 42, marks: ['approximate'] },
  ],
  announcements: [],
};

test('a day that is known from sums, or never happened, says so', () => {
  const cells = statusPage(status, 'en').match(/<li class="good.*?<\/li>/g) ?? [];
  assert.equal(cells.length, 3);
  assert.match(cells[0] ?? '', /class="good".*99.9\u00a0% answered well"/);
  assert.match(cells[1] ?? '', /class="good approximate".*answered well \(approximate\)"/);
  assert.match(cells[2] ?? '', /answered well \(simulated\) \(approximate\)"/);
  assert.match(statusPage(status, 'ko'), /정상 응답 \(모의\) \(근사\)"/);
});

test('an incident says so on the page and in the feeds', () => {
  assert.match(statusPage(status, 'en'), /42 min: \(approximate\) Orders are answered/);
  for (const format of ['atom', 'rss'] as const) {
    const feed = statusFeed(status, 'en', 'http://sprout.example', format);
    assert.match(feed, /\(approximate\) Orders are answered/);
  }
});
