import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assert as assertProperty, asyncProperty, integer } from 'fast-check';
import type { MinuteColumns, WindowSum } from '../ledger/ledger.ts';
import { coverageOf } from '../status/window.ts';
import { checkHistory, relativeError } from '../testing/exactness/check-history.ts';
import { historyShape } from '../testing/exactness/history-shape.ts';
import { meteredHistory, rules } from '../testing/metered-history.ts';
import { randomFrom, randomHistory } from '../testing/random-history.ts';
import type { HistoryShape, TargetHistory } from '../testing/random-history.ts';

const epochMs = Date.parse('2026-01-05T00:00:00Z');

it('agrees with a brute-force oracle on 200 random histories', async () => {
  await assertProperty(
    asyncProperty(integer(), historyShape, async (seed, shape) => {
      for (const figure of await checkHistory(seed, shape)) {
        const { what, metered, expected } = figure;
        assert.ok(relativeError(figure) <= 1e-9, `${what} is ${metered}, not ${expected}`);
      }
    }),
    { numRuns: 200 },
  );
});

/**
 * Sums over a history begin here: what a newborn series shows is spread back to the start of its
 * process, and a lost first scrape moves it on. Sums from the epoch on would call that invented.
 */
const minutesBefore = rules.lookBackMs / 60_000;

async function columnsOf(
  history: readonly TargetHistory[],
  minutes: number,
  seed: number,
): Promise<MinuteColumns & { readonly windows: readonly WindowSum[] }> {
  const ledger = await meteredHistory(history, { epochMs, minutes, seed });
  const epochMinute = epochMs / 60_000;
  const columns = await ledger.minutes('case', epochMinute - minutesBefore, epochMinute + minutes);
  const begins = Array.from({ length: Math.ceil(minutes / 7) }, (_, index) => index * 7);
  const windows = await Promise.all(
    begins.map((begin) => ledger.sum('case', epochMinute + begin, epochMinute + minutes)),
  );
  await ledger.close();
  return { ...columns, windows };
}

it('lost scrapes raise neither coverage nor valid or bad events', async () => {
  const honest = historyShape.map((wild): HistoryShape => ({
    ...wild,
    falseResets: 0,
    late: 0,
    clockSteps: 0,
    pairAheadSeconds: null,
  }));
  await assertProperty(
    asyncProperty(integer(), honest, async (seed, wild) => {
      const full = randomHistory(seed, wild);
      const minutes = Math.ceil((wild.scrapes * 15) / 60) + 1;
      const before = await columnsOf(full, minutes, seed);
      const after = await columnsOf(loseScrapes(full, seed), minutes, seed);
      for (const [minute, coverage] of after.coverage.entries()) {
        assert.ok(coverage <= at(before.coverage, minute) + 1e-12);
      }
      for (const [index, window] of after.windows.entries()) {
        const whole = before.windows[index];
        // A ledger that begins later for want of a scrape is not held to what was before.
        if (whole === undefined || whole.firstMeasured !== window.firstMeasured) continue;
        assert.ok(coverageOf(window) <= coverageOf(whole) + 1e-12, `window ${index}`);
      }
      assert.ok(sum(after.valid) <= sum(before.valid) * (1 + 1e-12), 'valid events were invented');
      assert.ok(sum(after.bad) <= sum(before.bad) * (1 + 1e-12), 'bad events were invented');
    }),
    { numRuns: 60 },
  );
});

it('lost scrapes between the first and the last of a process change no total', async () => {
  const calm = historyShape.map((wild): HistoryShape => ({
    ...wild,
    restarts: 0,
    falseResets: 0,
    targetOutages: 0,
    late: 0,
    clockSteps: 0,
    vanished: 0,
    // Replicas whose clocks differ do not agree on which scrape is the last.
    pairAheadSeconds: wild.pairAheadSeconds === 0 ? 0 : null,
  }));
  await assertProperty(
    asyncProperty(integer(), calm, async (seed, wild) => {
      const full = randomHistory(seed, wild).map(bornAtOnce);
      const minutes = Math.ceil((wild.scrapes * 15) / 60) + 1;
      const before = await columnsOf(full, minutes, seed);
      const after = await columnsOf(loseScrapes(full, seed), minutes, seed);
      assertClose(sum(after.valid), sum(before.valid), 'valid events');
      assertClose(sum(after.bad), sum(before.bad), 'bad events, and so compliance,');
    }),
    { numRuns: 60 },
  );
});

it('what nobody saw before a process died is missing, also when it was bad: compliance can rise', async () => {
  const countedWithout = async (lost: number) => {
    const { valid, bad, coverage } = await columnsOf([dyingShop(lost)], 4, 1);
    const [all, failed] = [sum(valid), sum(bad)];
    return { all, failed, covered: sum(coverage) };
  };
  const whole = await countedWithout(Infinity);
  const lossy = await countedWithout(10);
  assert.deepEqual([whole.all, whole.failed], [1000, 100]);
  assert.deepEqual([lossy.all, lossy.failed], [900, 0]);
  assert.ok(lossy.covered < whole.covered, 'coverage says that something is missing');
});

/** A hundred requests a scrape, all of the tenth bad; then another process, which gets none. */
function dyingShop(lost: number): TargetHistory {
  const scrapes = Array.from({ length: 14 }, (_, index) => index + 1).map((number) => ({
    atSeconds: number * 15,
    replica: 'x' as const,
    delaySeconds: 0,
    startSeconds: number > 10 ? 155 : 1,
    up: 1 as const,
    values: new Map([
      ['valid 0', number > 10 ? 0 : number * 100],
      ['bad 0', number === 10 ? 100 : 0],
    ]),
  }));
  return { instance: 'a', scrapes: scrapes.filter((_, index) => index + 1 !== lost) };
}

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
