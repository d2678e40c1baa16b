import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  array,
  assert as assertProperty,
  asyncProperty,
  boolean,
  integer,
  tuple,
} from 'fast-check';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { sampleStore } from '../testing/sample-store.ts';
import { createMeter } from './meter.ts';
import { planMeter } from './plan.ts';
import type { DatedThreshold } from './plan.ts';
import { meterRules } from './rules.ts';

const epochMs = Date.parse('2026-01-05T00:00:00Z');
const minuteMs = 60_000;
const epochMinute = epochMs / minuteMs;
const scrapeMs = 15_000;
const [minutes, perMinute] = [60, 4];
const rules = meterRules({
  timeScale: 1,
  scrapeIntervalMs: scrapeMs,
  evaluationIntervalMs: scrapeMs,
  minuteMs,
  scaled: (seconds) => seconds,
});

const bucket = (le: number) => ({
  metric: 'asked_bucket',
  matchers: [{ label: 'le', op: '=' as const, value: String(le) }],
  service: 'shop',
});
const valid = { metric: 'asked_count', matchers: [], service: 'shop' };

/** A promise within a time, with what it was within before. */
const planWithin = (seconds: number, thresholds: readonly DatedThreshold[] = []) =>
  planMeter(
    {
      services: [{ name: 'shop' }],
      objectives: [
        { id: 'case', groupBy: ['route'], sli: { valid: [valid], good: [bucket(seconds)] } },
      ],
    },
    () => thresholds,
  );

/** Events of a scrape, by how long they took. */
const scrape = tuple(
  integer({ min: 0, max: 9 }),
  integer({ min: 0, max: 9 }),
  integer({ max: 9, min: 0 }),
);

it('each minute is judged by the threshold then in force, whether the change was declared or noticed', async () => {
  await assertProperty(
    asyncProperty(
      array(scrape, { minLength: minutes * perMinute, maxLength: minutes * perMinute }),
      integer({ min: 20, max: 40 }),
      integer({ min: 0, max: 59 }),
      boolean(),
      async (scrapes, minute, second, isNoticed) => {
        // What is noticed comes into force with a minute, what is declared whenever it was.
        const changeMs = epochMs + minute * minuteMs + (isNoticed ? 0 : second * 1000);
        const fromMs = Math.ceil(changeMs / minuteMs) * minuteMs;
        const now = planWithin(2, [
          { fromMs: -Infinity, thresholdSeconds: 1 },
          { fromMs, thresholdSeconds: 2 },
        ]);
        const bad = await metered(
          scrapes,
          isNoticed ? [planWithin(1), now, changeMs] : [now, now, 0],
        );
        for (let at = 1; at < minutes; at++) {
          const within = scrapes.slice(at * perMinute, (at + 1) * perMinute);
          const isFormer = epochMs + at * minuteMs < changeMs;
          const expected = within.reduce(
            (sum, [, slow, slowest]) => sum + slowest + (isFormer ? slow : 0),
            0,
          );
          assert.equal(bad.whole[at], expected, `minute ${at}, changed at ${minute}:${second}`);
          assert.equal(bad.group[at], expected, 'its only group');
        }
      },
    ),
    { numRuns: 40 },
  );
});

type Scrape = readonly [fast: number, slow: number, slowest: number];

/** Bad events of each minute, when a plan takes the place of another one at an instant. */
async function metered(
  scrapes: readonly Scrape[],
  [before, after, changeMs]: readonly [Plan, Plan, number],
) {
  const labels = { job: 'shop', service: 'shop', instance: 'shop:1', route: 'a' };
  const series = (kind: string, each: (one: Scrape) => number) => {
    let sum = 0;
    const samples = scrapes.map((one, index) => {
      const timeMs = epochMs + index * scrapeMs + 1000;
      return { timeMs, value: (sum += each(one)), arrivesMs: timeMs };
    });
    return { kind, labels, samples };
  };
  const constant = (kind: string, value: number) => ({
    kind,
    labels,
    samples: scrapes.map((_, index) => {
      const timeMs = epochMs + index * scrapeMs + 1000;
      return { timeMs, value, arrivesMs: timeMs };
    }),
  });
  const store = sampleStore(
    [
      constant('up', 1),
      constant('start', epochMs / 1000 - 9000),
      series('asked_count', ([fast, slow, slowest]) => fast + slow + slowest),
      series('asked_bucket{le="1"}', ([fast]) => fast),
      series('asked_bucket{le="2"}', ([fast, slow]) => fast + slow),
    ],
    [...after.selections.keys()],
  );
  const ledger = openSqliteLedger(':memory:');
  const start = (plan: Plan, nowMs: number) =>
    createMeter({ plan, rules, source: store, ledger, nowMs });
  let meter = await start(changeMs === 0 ? after : before, epochMs);
  const endMs = epochMs + minutes * minuteMs + 30 * minuteMs;
  // What is declared is read in one go, what is noticed as it comes.
  const tickMs = changeMs === 0 ? 30 * minuteMs : 45_000;
  let plan = before;
  for (let nowMs = epochMs + tickMs; nowMs <= endMs; nowMs += tickMs) {
    if (plan !== after && nowMs >= changeMs) meter = await start((plan = after), nowMs);
    store.advanceTo(nowMs);
    await meter.tick(nowMs);
  }
  const columns = async (key: string) => [
    ...(await ledger.minutes(key, epochMinute, epochMinute + minutes)).bad,
  ];
  const bad = { whole: await columns('case'), group: await columns('case?route=a') };
  await ledger.close();
  return bad;
}

type Plan = ReturnType<typeof planMeter>;
