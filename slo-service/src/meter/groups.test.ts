import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { sampleStore } from '../testing/sample-store.ts';
import { createMeter } from './meter.ts';
import { planMeter } from './plan.ts';
import { meterRules } from './rules.ts';

const epochMs = Date.parse('2026-01-05T00:00:00Z');
const epochMinute = epochMs / 60_000;
const rules = meterRules({
  timeScale: 1,
  scrapeIntervalMs: 15_000,
  evaluationIntervalMs: 15_000,
  minuteMs: 60_000,
  scaled: (seconds) => seconds,
});
const selection = (metric: string) => [{ metric, matchers: [], service: 'shop' }];
const plan = planMeter({
  services: [{ name: 'shop' }],
  objectives: [
    {
      id: 'case',
      sli: { valid: selection('valid'), bad: selection('bad') },
      groupBy: ['route'],
      groupsMax: 2,
    },
  ],
});

/** Routes of which each appears a minute after the one before. */
const routes = ['c', 'b', 'a', 'd'];
const scrapes = Array.from({ length: 40 }, (_, index) => index);
const labels = { job: 'shop', service: 'shop', instance: 'shop:1' };
const samples = (valueAt: (scrape: number) => number | undefined) =>
  scrapes.flatMap((scrape) => {
    const value = valueAt(scrape);
    const timeMs = epochMs + scrape * 15_000;
    return value === undefined ? [] : [{ timeMs, value, arrivesMs: timeMs }];
  });
const grown = (first: number, step: number) => (scrape: number) =>
  scrape < first ? undefined : (scrape - first) * step;

it('the first groupsMax label sets keep their group when the meter is killed, the rest share one', async () => {
  const store = sampleStore(
    [
      { kind: 'up', labels, samples: samples(() => 1) },
      { kind: 'start', labels, samples: samples(() => epochMs / 1000 - 9000) },
      ...routes.flatMap((route, index) => [
        { kind: 'valid', labels: { ...labels, route }, samples: samples(grown(index * 4, 10)) },
        { kind: 'bad', labels: { ...labels, route }, samples: samples(grown(index * 4, index)) },
      ]),
    ],
    [...plan.selections.keys()],
  );
  const ledger = openSqliteLedger(':memory:');
  const start = (nowMs: number) => createMeter({ plan, rules, source: store, ledger, nowMs });
  let meter = await start(epochMs);
  for (let at = 0; at < 3600; at += 15) {
    const nowMs = epochMs + at * 1000;
    store.advanceTo(nowMs);
    await meter.tick(nowMs);
    if (at % 90 === 0) meter = await start(nowMs);
  }
  assert.deepEqual(await ledger.groupsOf('case'), ['case?other', 'case?route=b', 'case?route=c']);
  const sumOf = async (key: string) => {
    const { valid, bad } = await ledger.sum(key, epochMinute, epochMinute + 60);
    return [valid, bad];
  };
  assert.deepEqual(await sumOf('case?route=c'), [390, 0]);
  assert.deepEqual(await sumOf('case?route=b'), [350, 35]);
  assert.deepEqual(await sumOf('case?other'), [310 + 270, 62 + 81]);
  assert.deepEqual(await sumOf('case'), [390 + 350 + 310 + 270, 35 + 62 + 81]);
  const { coverage } = await ledger.minutes('case?other', epochMinute + 5, epochMinute + 6);
  assert.deepEqual([...coverage], [1]);
  await ledger.close();
});
