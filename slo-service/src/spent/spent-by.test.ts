import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { availability, latency, objective, rolling, timeSlice, up } from '@sprout/objectives';
import { counter, histogram, noPanel } from '@sprout/signals';
import type { WrittenSeries } from '../testing/prometheus-process.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { spentBySchema } from './label-sets.ts';
import { seriesMax, setsMax } from './spent-by.ts';

const scrapeMs = 15_000;
const scrapes = 160;
/** Scrapes are in the middle of their quarter of a minute. */
const endMs = Math.floor(Date.now() / 60_000) * 60_000 - 60_000;
const at = (scrape: number) => endMs - (scrapes - scrape) * scrapeMs + 7_000;
/** What begins here is told apart from what was before. */
const brokenFrom = 80;

const outcomes = ['ok', 'timeout', 'refused'] as const;
const about = { help: 'Requests.', owner: 'shop', panel: noPanel(), noAlert: 'a test' } as const;
const labels = { outcome: outcomes, kind: 'any' as const };
const requests = counter('shop_requests_total', { ...about, labels });
const duration = histogram('shop_duration_seconds', {
  ...about,
  labels,
  unit: 'seconds',
  buckets: [2],
});
const wide = counter('wide_total', { ...about, labels });

const of = { owner: 'shop', target: 0.99, window: rolling('7d') } as const;
const promises = [
  objective('answered', {
    ...of,
    sli: availability(requests.where({}), {
      bad: requests.where({ outcome: ['timeout', 'refused'] }),
    }),
  }),
  objective('express', {
    ...of,
    sli: availability(requests.where({ kind: 'express' }), {
      bad: requests.where({ kind: 'express', outcome: ['timeout', 'refused'] }),
    }),
  }),
  objective('in-time', {
    ...of,
    sli: latency(duration.where({ outcome: 'ok' }), {
      withinMs: 2000,
      valid: duration.where({}).count(),
    }),
  }),
  objective('everywhere', {
    ...of,
    sli: availability(wide.where({}), { bad: wide.where({ outcome: 'timeout' }) }),
  }),
  objective('up', { ...of, alerts: false, sli: timeSlice(up('shop'), { goodRatioMin: 0.5 }) }),
];

let service: RunningService;

before(async () => {
  service = await runningService(written(), {
    signals: [requests, duration, wide],
    objectives: promises,
  });
});

after(() => service.stop());

it('bad events are told by the labels that the promise leaves open, the most first', async () => {
  const { items, ledgerBad, sourceBad, others } = await spent('answered');
  assert.deepEqual(items, [
    // Newborn: increase() does not see the first seven.
    { labels: { kind: 'express', outcome: 'timeout' }, bad: 7 + (scrapes - brokenFrom - 1) * 3 },
    { labels: { kind: 'plain', outcome: 'refused' }, bad: scrapes - brokenFrom },
  ]);
  assert.equal(sourceBad, ledgerBad, 'the ledger has as many');
  assert.deepEqual(others, { sets: 0, bad: 0 });
});

it('a label that the promise fixes tells nothing', async () => {
  const { items } = await spent('express');
  assert.deepEqual(
    items.map((one) => one.labels),
    [{ outcome: 'timeout' }],
  );
});

it('too slow and not answered well are told apart, with a request', async () => {
  const { items, ledgerBad, exampleTraceId } = await spent('in-time');
  const slow = { labels: { kind: 'plain', outcome: 'ok' }, bad: scrapes - brokenFrom };
  const failed = { labels: { kind: 'plain', outcome: 'timeout' }, bad: (scrapes - brokenFrom) * 2 };
  assert.deepEqual(items, [failed, slow]);
  assert.equal(ledgerBad, failed.bad + slow.bad);
  assert.equal(exampleTraceId, 'slow-one');
});

it('what was before the stretch is not counted', async () => {
  const to = new Date(at(brokenFrom - 4)).toISOString();
  const { items, sourceBad } = await spent('answered', { to });
  assert.deepEqual([items, sourceBad], [[], 0]);
});

it('too many series are not read again', async () => {
  const { items, problem } = await spent('everywhere');
  assert.deepEqual(items, []);
  assert.equal(problem?.code, 'SPENT_BY_TOO_WIDE');
  const korean = (await spent('everywhere', { lang: 'ko' })).problem;
  assert.match(korean?.message ?? '', /시계열이 500개보다 많아 다시 읽지 않습니다/);
});

it('scrapes have no labels to tell', async () => {
  const response = await fetch(`${service.url}/api/v1/objectives/up/spent-by`);
  assert.equal(response.status, 409);
});

async function spent(id: string, more: Record<string, string> = {}) {
  const range = { from: new Date(at(20)).toISOString(), to: new Date(endMs).toISOString() };
  const query = new URLSearchParams({ ...range, ...more });
  const response = await fetch(`${service.url}/api/v1/objectives/${id}/spent-by?${query}`);
  const answer = spentBySchema.parse(await response.json());
  assert.ok(answer.items.length <= setsMax);
  return answer;
}

function written(): WrittenSeries[] {
  const one = (
    name: string,
    more: Record<string, string>,
    valueAt: (scrape: number) => number,
    fromScrape = 0,
  ): WrittenSeries => ({
    labels: { __name__: name, job: 'shop', service: 'shop', instance: 'shop:1', ...more },
    samples: Array.from({ length: scrapes - fromScrape }, (_, index) => ({
      timestampMs: at(fromScrape + index),
      value: valueAt(fromScrape + index),
    })),
  });
  const since = (scrape: number, each: number) => Math.max(0, scrape - brokenFrom + 1) * each;
  const plain = { kind: 'plain' };
  const slow = one(
    'shop_duration_seconds_bucket',
    { ...plain, outcome: 'ok', le: '+Inf' },
    (n) => n,
  );
  return [
    one('up', {}, () => 1),
    one('process_start_time_seconds', {}, () => at(0) / 1000 - 3600),
    one('shop_requests_total', { ...plain, outcome: 'ok' }, (n) => n * 50),
    one('shop_requests_total', { ...plain, outcome: 'refused' }, (n) => since(n, 1)),
    one(
      'shop_requests_total',
      { kind: 'express', outcome: 'timeout' },
      (n) => 7 + (n - brokenFrom) * 3,
      brokenFrom,
    ),
    one('shop_duration_seconds_count', { ...plain, outcome: 'ok' }, (n) => n * 10),
    one('shop_duration_seconds_count', { ...plain, outcome: 'timeout' }, (n) => since(n, 2)),
    one(
      'shop_duration_seconds_bucket',
      { ...plain, outcome: 'ok', le: '2' },
      (n) => n * 10 - since(n, 1),
    ),
    {
      ...slow,
      exemplars: [{ labels: [['trace_id', 'slow-one']], value: 3, timestampMs: at(scrapes - 1) }],
    },
    ...Array.from({ length: seriesMax + 1 }, (_, index) => ({
      ...one('wide_total', { kind: `${index}`, outcome: 'timeout' }, () => 1),
      samples: [{ timestampMs: at(scrapes - 1), value: 1 }],
    })),
  ];
}
