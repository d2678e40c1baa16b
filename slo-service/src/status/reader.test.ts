import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { timing } from '@sprout/process';
import { assert as assertProperty, asyncProperty, array, integer, tuple } from 'fast-check';
import type { Exclusion } from '../exclusions/exclusion.ts';
import { measuredCoverageMin, minuteState } from '../ledger/ledger.ts';
import type { Ledger, MinuteEntry } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { testConfig } from '../testing/test-config.ts';
import { minuteClock } from './minute-clock.ts';
import { readerOf } from './reader.ts';

const clock = minuteClock(timing(1));
const directory = mkdtempSync(join(tmpdir(), 'sprout-reader-'));
const days = 366;
const begin = 29_000_123;
const end = begin + days * 1440;

/** A year whose minutes differ, with unmeasured ones, and the last ten provisional. */
const history: readonly MinuteEntry[] = Array.from({ length: days * 1440 }, (_, index) => {
  const coverage = index % 7 === 0 ? 0.25 : 1;
  const isMeasured = coverage >= measuredCoverageMin;
  return {
    minute: begin + index,
    valid: (index % 13) + 0.25,
    bad: index % 3 === 0 ? 0.25 : 0,
    coverage,
    state: isMeasured ? minuteState.measured : minuteState.unmeasured,
  };
});

let ledger: Ledger;

before(async () => {
  ledger = openSqliteLedger(join(directory, 'ledger.sqlite'));
  const ofA = (minutes: readonly MinuteEntry[]) => [{ objective: 'a', minutes }];
  await ledger.commit({ final: ofA(history.slice(0, -10)), provisional: ofA(history.slice(-10)) });
});

after(async () => {
  await ledger.close();
  rmSync(directory, { recursive: true });
});

const { config, dispose } = testConfig();
dispose();
const [declared] = config.objectives;
assert.ok(declared);
const promise = { ...declared, id: 'a' };

const exclusion = (when: Exclusion['when']): Exclusion => ({
  id: 'x',
  objectives: null,
  when,
  reason: 'test',
  by: 'test',
  createdAt: '2026-01-01T00:00:00.000Z',
  revoked: null,
});

const once = (fromMinute: number, minutes: number) =>
  exclusion({
    kind: 'once',
    from: clock.instant(fromMinute),
    to: clock.instant(fromMinute + minutes),
  });

it('an adjusted sum is that of the minutes which are left, counted one by one', async () => {
  const stretches = array(
    tuple(integer({ min: -100, max: 5000 }), integer({ min: 1, max: 3000 })),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  const from = end - 5000;
  await assertProperty(
    asyncProperty(stretches, async (chosen) => {
      const exclusions = chosen.map(([offset, minutes]) => once(from + offset, minutes));
      const reader = readerOf({ ledger, exclusions: () => exclusions, clock }, promise);
      const raw = await reader.sum(from, end);
      const adjusted = await reader.adjust({ fromMinute: from, toMinute: end }, raw);
      const left = history
        .slice(-5000)
        .filter(({ minute }) =>
          chosen.every(([at, length]) => minute < from + at || minute >= from + at + length),
        );
      const sum = (key: 'valid' | 'bad') => left.reduce((total, entry) => total + entry[key], 0);
      const counted = adjusted?.sum ?? raw;
      assert.ok(Math.abs(counted.valid - sum('valid')) < 1e-6);
      assert.ok(Math.abs(counted.bad - sum('bad')) < 1e-6);
      const since = left.filter(({ minute }) => minute >= (raw.firstMeasured ?? 0));
      assert.equal(counted.closed, since.length);
      if (adjusted) assert.equal(adjusted.excludedMinutes, 5000 - left.length);
    }),
    { numRuns: 50 },
  );
});

it('a stretch that is excluded whole has no events, and no noise of what was subtracted', async () => {
  const reader = readerOf({ ledger, exclusions: () => [once(begin, days * 1440)], clock }, promise);
  const raw = await reader.sum(begin, end);
  const adjusted = await reader.adjust({ fromMinute: begin, toMinute: end }, raw);
  assert.deepEqual([adjusted?.sum.valid, adjusted?.sum.bad, adjusted?.sum.closed], [0, 0, 0]);
});

it('adjusts a year with 53 weekly exclusions in less than 50 ms', async (context) => {
  const rule = exclusion({
    kind: 'weekly',
    days: ['sun'],
    at: '02:00',
    minutes: 120,
    zone: 'Asia/Seoul',
    from: clock.instant(begin),
    to: null,
  });
  const reader = readerOf({ ledger, exclusions: () => [rule], clock }, promise);
  const times: number[] = [];
  for (let round = 0; round < 20; round++) {
    const started = performance.now();
    const raw = await reader.sum(begin, end);
    const adjusted = await reader.adjust({ fromMinute: begin, toMinute: end }, raw);
    times.push(performance.now() - started);
    assert.ok((adjusted?.excludedMinutes ?? 0) >= 52 * 120);
  }
  const median = times.toSorted((a, b) => a - b)[10] ?? Infinity;
  context.diagnostic(`median ${median.toFixed(2)} ms`);
  assert.ok(median < 50, `the median was ${median.toFixed(2)} ms`);
});
