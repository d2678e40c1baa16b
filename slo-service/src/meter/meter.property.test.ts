import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  assert as assertProperty,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  record,
} from 'fast-check';
import type { MinuteColumns } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { oracle } from '../testing/oracle.ts';
import { randomFrom, randomHistory, seriesOfHistory } from '../testing/random-history.ts';
import type { HistoryShape, TargetHistory } from '../testing/random-history.ts';
import { sampleStore } from '../testing/sample-store.ts';
import { createMeter } from './meter.ts';
import { planMeter } from './plan.ts';
import { meterRules } from './rules.ts';

const epochMs = Date.parse('2026-01-05T00:00:00Z');
const rules = meterRules({
  timeScale: 1,
  scrapeIntervalMs: 15_000,
  evaluationIntervalMs: 15_000,
  minuteMs: 60_000,
  scaled: (seconds) => seconds,
});
const sinceSeconds = -rules.lookBackMs / 1000;
const plan = planMeter({
  services: [{ name: 'shop' }, { name: 'shop' }],
  objectives: [
    {
      id: 'case',
      sli: {
        valid: [{ metric: 'valid', matchers: [], service: 'shop' }],
        bad: [{ metric: 'bad', matchers: [], service: 'shop' }],
      },
    },
  ],
});

const shape = record({
  scrapes: integer({ min: 4, max: 150 }),
  restarts: constantFrom(0, 0.01, 0.05),
  falseResets: constantFrom(0, 0.02, 0.3),
  collectorGaps: constantFrom(0, 0.01, 0.03),
  targetOutages: constantFrom(0, 0.01, 0.03),
  late: constantFrom(0, 0.1, 0.5),
  delaySecondsMax: constant(500),
});

it('agrees with a brute-force oracle on 600 random histories', async () => {
  await assertProperty(
    asyncProperty(integer(), shape, async (seed, wild) => {
      const history = randomHistory(seed, wild);
      const minutes = Math.ceil((wild.scrapes * 15) / 60) + 1;
      const expected = oracle(history, minutes, sinceSeconds);
      const actual = await meter(history, minutes, seed);
      for (let minute = 0; minute < minutes; minute++) {
        const at = `in minute ${minute}`;
        assertClose(actual.valid[minute], expected.valid[minute], `valid ${at}`);
        assertClose(actual.bad[minute], expected.bad[minute], `bad ${at}`);
        assertClose(actual.coverage[minute], expected.coverage[minute], `coverage ${at}`);
      }
    }),
    { numRuns: 600 },
  );
});

/**
 * Sums over a history begin here: what a newborn series shows is spread back to the start of its
 * process, and a lost first scrape moves it on. Sums from the epoch on would call that invented.
 */
const beforeEpochMinutes = rules.lookBackMs / 60_000;

/** Ticks come irregularly, and the meter is killed now and then. */
async function meter(
  history: readonly TargetHistory[],
  minutes: number,
  seed: number,
  minutesBefore = 0,
): Promise<MinuteColumns> {
  const random = randomFrom(seed ^ 0x5eed);
  const store = sampleStore(seriesOfHistory(history, epochMs), [...plan.selections.keys()]);
  const ledger = openSqliteLedger(':memory:');
  const start = (nowMs: number) => createMeter({ plan, rules, source: store, ledger, nowMs });
  let running = await start(epochMs);
  const endSeconds = minutes * 60 + 1200;
  for (let at = 0; at < endSeconds; at += 15 + Math.floor(random() * 120)) {
    const nowMs = epochMs + at * 1000;
    store.advanceTo(nowMs);
    await running.tick(nowMs);
    if (random() < 0.1) running = await start(nowMs);
  }
  const epochMinute = epochMs / 60_000;
  const columns = await ledger.minutes('case', epochMinute - minutesBefore, epochMinute + minutes);
  await ledger.close();
  return columns;
}

it('lost scrapes lower coverage, and never invent an event', async () => {
  const honest = shape.map((wild): HistoryShape => ({ ...wild, falseResets: 0, late: 0 }));
  await assertProperty(
    asyncProperty(integer(), honest, async (seed, wild) => {
      const full = randomHistory(seed, wild);
      const minutes = Math.ceil((wild.scrapes * 15) / 60) + 1;
      const before = await meter(full, minutes, seed, beforeEpochMinutes);
      const after = await meter(loseScrapes(full, seed), minutes, seed, beforeEpochMinutes);
      for (const [minute, coverage] of after.coverage.entries()) {
        assert.ok(coverage <= at(before.coverage, minute) + 1e-12);
      }
      assert.ok(sum(after.valid) <= sum(before.valid) * (1 + 1e-12), 'valid events were invented');
      assert.ok(sum(after.bad) <= sum(before.bad) * (1 + 1e-12), 'bad events were invented');
    }),
    { numRuns: 200 },
  );
});

it('lost scrapes between the first and the last of a process change no total', async () => {
  const calm = shape.map((wild): HistoryShape => ({
    ...wild,
    restarts: 0,
    falseResets: 0,
    targetOutages: 0,
    late: 0,
  }));
  await assertProperty(
    asyncProperty(integer(), calm, async (seed, wild) => {
      const full = randomHistory(seed, wild).map(bornAtOnce);
      const minutes = Math.ceil((wild.scrapes * 15) / 60) + 1;
      const before = await meter(full, minutes, seed, beforeEpochMinutes);
      const after = await meter(loseScrapes(full, seed), minutes, seed, beforeEpochMinutes);
      assertClose(sum(after.valid), sum(before.valid), 'valid events');
      assertClose(sum(after.bad), sum(before.bad), 'bad events, and so compliance,');
    }),
    { numRuns: 200 },
  );
});

/** Loses some scrapes, but neither the first nor the last of a target. */
function loseScrapes(targets: readonly TargetHistory[], seed: number): TargetHistory[] {
  const random = randomFrom(seed ^ 0x1055);
  return targets.map(({ instance, scrapes }) => ({
    instance,
    scrapes: scrapes.filter(
      (_, index) => index === 0 || index === scrapes.length - 1 || random() > 0.3,
    ),
  }));
}

/** The same history without counters that appear later. */
function bornAtOnce({ instance, scrapes }: TargetHistory): TargetHistory {
  const first = new Set(scrapes[0]?.values.keys());
  return {
    instance,
    scrapes: scrapes.map((scrape) => ({
      ...scrape,
      values: new Map([...scrape.values].filter(([name]) => first.has(name))),
    })),
  };
}

const at = (column: Float64Array, index: number): number => column[index] ?? 0;

const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);

function assertClose(actual: number | undefined, expected: number | undefined, what: string): void {
  const [a = 0, e = 0] = [actual, expected];
  assert.ok(Math.abs(a - e) <= 1e-9 * Math.max(1, Math.abs(e)), `${what}: ${a} is not ${e}`);
}
