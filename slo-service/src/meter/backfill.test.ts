import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { rules } from '../testing/metered-history.ts';
import { sampleStore } from '../testing/sample-store.ts';
import type { StoredSeries } from '../testing/sample-store.ts';
import { coarseSpan } from '../status/coarse.ts';
import { createMeter } from './meter.ts';
import type { Meter } from './meter.ts';
import { planMeter } from './plan.ts';

const hourMs = 3_600_000;
const fromMs = Date.parse('2026-01-05T00:10:00Z');
const untilMs = fromMs + 40 * hourMs;
const plan = planMeter({
  services: [{ name: 'shop' }],
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

/** Forty hours of one target: a restart after 13, an hour without scrapes after 20. */
function history(): StoredSeries[] {
  const labels = { job: 'shop', service: 'shop', instance: 'shop:1' };
  const scrapes = Array.from({ length: (40 * hourMs) / 15_000 }, (_, index) => index).filter(
    (index) => index < 20 * 240 || index >= 21 * 240,
  );
  const restart = 13 * 240 + 100;
  const series = (kind: string, valueAt: (index: number) => number): StoredSeries => ({
    kind,
    labels,
    samples: scrapes.map((index) => {
      const timeMs = fromMs + index * 15_000;
      return { timeMs, value: valueAt(index), arrivesMs: timeMs };
    }),
  });
  const sinceStart = (index: number) => (index < restart ? index : index - restart);
  return [
    series('up', () => 1),
    series('start', (index) => (fromMs + (index < restart ? 0 : restart * 15_000)) / 1000),
    series('valid', (index) => 10 * sinceStart(index)),
    series('bad', (index) => Math.floor(sinceStart(index) / 7)),
  ];
}

const stored = history();

/** A meter of the whole history; with `surveyFromMs: Infinity`, one that reads hour by hour. */
async function start(ledger: Ledger, surveyFromMs: number, down = { is: false }) {
  const source = sampleStore(stored, [...plan.selections.keys()]);
  source.advanceTo(untilMs);
  const read: typeof source.read = async (range) => {
    source.setDown(down.is);
    return source.read(range);
  };
  const lookBackMs = 40 * hourMs;
  return createMeter({
    plan,
    rules: { ...rules, lookBackMs, surveyFromMs, sliceSamplesMax: 2000 },
    source: { ...source, read },
    ledger,
    nowMs: untilMs,
  });
}

const fromMinute = fromMs / 60_000;
const toMinute = untilMs / 60_000;
const columnsOf = (ledger: Ledger) => ledger.minutes('case', fromMinute, toMinute);
const sumOf = (ledger: Ledger) => ledger.sum('case', fromMinute, toMinute);

async function workOff(meter: Meter): Promise<number> {
  for (let ticks = 1; ; ticks++) {
    await meter.tick(untilMs + ticks);
    if (meter.sights().backfill === null) return ticks;
  }
}

it('a meter that is hours behind knows sums after one reading, and every minute in the end', async () => {
  const [exact, ledger] = [openSqliteLedger(':memory:'), openSqliteLedger(':memory:')];
  await (await start(exact, Infinity)).tick(untilMs);
  const truth = await sumOf(exact);
  const meter = await start(ledger, 6 * hourMs);
  await meter.tick(untilMs);
  const { fromMs: began, atMs, untilMs: end } = meter.sights().backfill ?? {};
  assert.ok(began === fromMs && (atMs ?? 0) > fromMs && (end ?? 0) > (atMs ?? 0));
  // Each hour that is not read yet lies in its first minute; those before are known in full.
  const span = coarseSpan(meter.sights().backfill, 60_000) ?? assert.fail('nothing is coarse');
  const coarse = await ledger.minutes('case', span.fromMinute, span.toMinute);
  assert.ok(coarse.valid.every((events, index) => index % 60 === 0 || events === 0));
  assert.equal(span.fromMinute % 60, 0);
  const fine = await ledger.minutes('case', span.fromMinute - 60, span.fromMinute);
  assert.ok(fine.valid.every((events) => events > 0));
  const quick = await sumOf(ledger);
  // What happened between the last look and the restart is all that it misses, under an hour.
  assert.ok(quick.valid <= truth.valid && quick.valid > truth.valid - 240 * 10);
  assert.ok(quick.bad <= truth.bad && quick.bad > truth.bad - 240 / 7 - 1);
  assert.ok((await workOff(meter)) > 5);
  await meter.tick(untilMs + 60);
  assert.deepEqual(await columnsOf(ledger), await columnsOf(exact));
  await Promise.all([exact.close(), ledger.close()]);
});

it('a meter that is killed while it reads the past goes on where its ledger ends', async () => {
  const [exact, ledger] = [openSqliteLedger(':memory:'), openSqliteLedger(':memory:')];
  await (await start(exact, Infinity)).tick(untilMs);
  const down = { is: false };
  const killed = await start(ledger, 6 * hourMs, down);
  for (let tick = 0; tick < 3; tick++) await killed.tick(untilMs + tick);
  down.is = true;
  await assert.rejects(killed.tick(untilMs + 3));
  const meter = await start(ledger, 6 * hourMs);
  await workOff(meter);
  await meter.tick(untilMs + 60);
  assert.deepEqual(await columnsOf(ledger), await columnsOf(exact));
  await Promise.all([exact.close(), ledger.close()]);
});
