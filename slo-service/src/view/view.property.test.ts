import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { all, any, objective, rolling, timeSlice } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import { timing } from '@sprout/process';
import {
  assert as assertProperty,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  record,
} from 'fast-check';
import { minutesPerDay } from '../ledger/ledger.ts';
import type { MinuteEntry } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { minuteClock } from '../status/minute-clock.ts';
import { readerOf } from '../status/reader.ts';
import { objectiveSeries } from '../status/series.ts';
import { readBudget } from '../status/window.ts';
import { oracleBudget } from '../testing/promise-oracle.ts';
import type { OracleMinute, OraclePromise, OracleWorld } from '../testing/promise-oracle.ts';
import { randomFrom } from '../testing/random-history.ts';
import { testConfig } from '../testing/test-config.ts';
import { declaredInMinutes } from '../versions/promise-history.ts';
import { ledgerView } from './ledger-view.ts';

const clock = minuteClock(timing(1));
const begin = 20_611 * minutesPerDay + 7 * 60 + 13;
const days = 3;
const end = begin + days * minutesPerDay;

const template = testConfig();
before(() => assert.ok(template.config.objectives[0]));
after(template.dispose);
const events = (template.config.objectives[0]?.sli ?? assert.fail()) as Objective['sli'];

const shape = record({
  seed: integer(),
  whole: boolean(),
  sliceMinutes: constantFrom(1, 5, 15, 60),
  noTraffic: constantFrom('skip', 'good', 'bad'),
  goodRatioMin: constantFrom(0.5, 0.9, 0.95, 1),
  rule: constantFrom('all', 'any'),
  unmeasured: constantFrom('unknown', 'ignore', 'bad'),
  changedAfter: integer({ min: 1, max: days * minutesPerDay - 1 }),
  from: integer({ min: 0, max: days * minutesPerDay - 2 }),
  excludedFrom: integer({ min: 0, max: days * minutesPerDay - 2 }),
  excludedMinutes: integer({ min: 1, max: 600 }),
} as const);

it('slices, composites and versions agree with a brute-force oracle, and with each other to the last digit', async () => {
  await assertProperty(
    asyncProperty(shape, async (wild) => {
      const random = randomFrom(wild.seed);
      const changedAt = begin + wild.changedAfter;
      const { promises, objectives } = declare(wild, changedAt);
      const stored = new Map(['a', 'b'].map((id) => [id, randomMinutes(random, wild.whole)]));
      stored.set('slice', stored.get('a') ?? []);
      const world: OracleWorld = { fromMinute: begin, stored, promises };
      const ledger = openSqliteLedger(':memory:');
      const entries = (id: string) => ledgerMinutes(stored.get(id) ?? []);
      await ledger.commit({
        final: ['a', 'b', 'slice'].map((id) => ({ objective: id, minutes: entries(id) })),
        provisional: [],
      });
      const view = ledgerView({
        ledger,
        objectives,
        historyOf: (one) => declaredInMinutes(one, clock.minuteMs),
        presentMinute: () => end,
      });
      const from = begin + wild.from;
      const excluded = begin + wild.excludedFrom;
      const exclusion = {
        id: 'x',
        objectives: null,
        when: {
          kind: 'once' as const,
          from: clock.instant(excluded),
          to: clock.instant(excluded + wild.excludedMinutes),
        },
        reason: 'test',
        by: 'test',
        createdAt: clock.instant(end),
        revoked: null,
      };
      for (const one of objectives) {
        const reader = readerOf({ ledger: view, exclusions: () => [exclusion], clock }, one);
        const window = { name: 'any', fromMinute: from, toMinute: end };
        const budget = await readBudget(reader, window, clock);
        const expected = oracleBudget(world, one.id, from, end);
        agree(budget, expected, one.id);
        const step = one.sli.slice?.minutes ?? 1;
        const isOut = (minute: number) => {
          const first = minute - (minute % step);
          return first < excluded + wild.excludedMinutes && first + step > excluded;
        };
        const kept = oracleBudget(world, one.id, from, end, isOut);
        if (budget.adjusted) agree(budget.adjusted, kept, `${one.id}, adjusted`);
        // Once more, from memory.
        assert.deepEqual(await readBudget(reader, window, clock), budget);
        await agreesWithSeries(one, reader);
      }
      await ledger.close();
    }),
    { numRuns: 40 },
  );
});

/** The chart's last point is the table's figure, for the promise's own window. */
async function agreesWithSeries(
  one: Parameters<typeof objectiveSeries>[0],
  reader: ReturnType<typeof readerOf>,
): Promise<void> {
  const range = { fromMinute: end - 90, toMinute: end, stepMinutes: 30 };
  const { points } = await objectiveSeries(one, reader, range, clock);
  for (const [index, point] of points.entries()) {
    const toMinute = end - 60 + index * 30;
    const own = { name: '1d', fromMinute: toMinute - minutesPerDay, toMinute };
    const { leftFraction, adjusted } = await readBudget(reader, own, clock);
    assert.equal(point.leftFraction, leftFraction, `${one.id} at ${index}`);
    if (adjusted) assert.equal(point.adjustedLeftFraction, adjusted.leftFraction);
  }
}

function declare(
  wild: {
    readonly sliceMinutes: number;
    readonly noTraffic: 'skip' | 'good' | 'bad';
    readonly goodRatioMin: number;
    readonly rule: 'all' | 'any';
    readonly unmeasured: 'unknown' | 'ignore' | 'bad';
  },
  changedAt: number,
) {
  const options = { owner: 'shop', window: rolling('1d'), alerts: false };
  const before = [{ until: clock.instant(changedAt), target: 0.5 }];
  const a = objective('a', { ...options, target: 0.9, sli: events, before });
  const b = objective('b', { ...options, target: 0.8, sli: events });
  const { goodRatioMin, noTraffic, sliceMinutes, rule, unmeasured } = wild;
  const sliced = timeSlice(events, { goodRatioMin, noTraffic, slice: `${sliceMinutes}m` });
  const slice = objective('slice', { ...options, target: 0.95, sli: sliced });
  const join = { all, any }[rule];
  const both = objective('both', {
    ...options,
    target: 0.9,
    sli: join([a, slice], { unmeasured }),
  });
  const nested = objective('nested', {
    ...options,
    target: 0.7,
    sli: any([both, b], { unmeasured }),
    before,
  });
  const { config, dispose } = testConfig({ objectives: [a, b, slice, both, nested] });
  dispose();
  const earlier = { untilMinute: changedAt, target: 0.5 };
  const promises = new Map<string, OraclePromise>([
    ['a', { target: 0.9, earlier, sli: { kind: 'events', of: 'a' } }],
    ['b', { target: 0.8, sli: { kind: 'events', of: 'b' } }],
    [
      'slice',
      {
        target: 0.95,
        sli: { kind: 'slice', of: 'slice', minutes: sliceMinutes, goodRatioMin, noTraffic },
      },
    ],
    ['both', { target: 0.9, sli: { kind: 'composite', rule, of: ['a', 'slice'], unmeasured } }],
    [
      'nested',
      {
        target: 0.7,
        earlier,
        sli: { kind: 'composite', rule: 'any', of: ['both', 'b'], unmeasured },
      },
    ],
  ]);
  return { objectives: config.objectives, promises };
}

/** Quiet, busy, failing and unmeasured stretches, now and then with events spread over a gap. */
function randomMinutes(random: () => number, whole: boolean): OracleMinute[] {
  const minutes: OracleMinute[] = [];
  while (minutes.length < end - begin) {
    const length = 1 + Math.floor(random() * 200);
    const kind = random();
    for (let index = 0; index < length && minutes.length < end - begin; index++) {
      const valid = kind < 0.2 ? 0 : Math.floor(random() * 50) + (whole ? 0 : random());
      const bad = random() < 0.3 ? valid * (whole ? Math.round(random()) : random()) : 0;
      const isUnmeasured = kind > 0.85;
      minutes.push({
        valid: isUnmeasured && random() < 0.7 ? 0 : valid,
        bad: 0,
        coverage: isUnmeasured ? 0.25 : 1,
        state: isUnmeasured ? 2 : 1,
      });
      const last = minutes.at(-1);
      if (last !== undefined && last.valid > 0) minutes[minutes.length - 1] = { ...last, bad };
    }
  }
  return minutes;
}

function ledgerMinutes(minutes: readonly OracleMinute[]): MinuteEntry[] {
  return minutes.map((one, index) => ({ ...one, minute: begin + index }));
}

function agree(
  actual: {
    readonly valid: number;
    readonly bad: number;
    readonly allowed: number;
    readonly leftFraction: number | null;
    readonly coverage: number;
  },
  expected: ReturnType<typeof oracleBudget>,
  what: string,
): void {
  for (const key of ['valid', 'bad', 'allowed', 'leftFraction', 'coverage'] as const) {
    const [a, b] = [actual[key], expected[key]];
    if (a === null || b === null) assert.equal(a, b, `${key} of ${what}`);
    else {
      const scale = Math.max(1, Math.abs(a), Math.abs(b));
      assert.ok(Math.abs(a - b) <= 1e-9 * scale, `${key} of ${what}: ${a} is not ${b}`);
    }
  }
}
