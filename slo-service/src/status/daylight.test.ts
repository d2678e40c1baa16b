import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { calendar } from '@sprout/objectives';
import { timing } from '@sprout/process';
import { minuteState } from '../ledger/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { testConfig } from '../testing/test-config.ts';
import { minuteClock } from './minute-clock.ts';
import { objectiveStatus } from './objective-status.ts';
import { readerOf } from './reader.ts';

const clock = minuteClock(timing(1));
const directory = mkdtempSync(join(tmpdir(), 'sprout-daylight-'));
const { config, dispose } = testConfig();
dispose();
const [declared] = config.objectives;
assert.ok(declared);
const promise = { ...declared, id: 'a' };

/** Days on which a clock is put forward or back, of both hemispheres, and a plain one. */
const days = [
  { zone: 'Europe/Berlin', from: '2026-03-28T23:00:00Z', hours: 23 },
  { zone: 'Europe/Berlin', from: '2026-10-24T22:00:00Z', hours: 25 },
  { zone: 'America/New_York', from: '2026-03-08T05:00:00Z', hours: 23 },
  { zone: 'America/New_York', from: '2026-11-01T04:00:00Z', hours: 25 },
  // Lord Howe's clock moves by half an hour.
  { zone: 'Australia/Lord_Howe', from: '2026-04-04T13:00:00Z', hours: 24.5 },
  { zone: 'Asia/Seoul', from: '2026-03-28T15:00:00Z', hours: 24 },
] as const;

let ledger: Ledger;

/** Around each day an event a minute; a bad one in its first and in its last minute, and beside. */
before(async () => {
  ledger = openSqliteLedger(join(directory, 'ledger.sqlite'));
  for (const [index, { from, hours }] of days.entries()) {
    const first = Date.parse(from) / 60_000;
    const last = first + hours * 60 - 1;
    const isBad = (minute: number) => [first - 1, first, last, last + 1].includes(minute);
    const minutes = Array.from({ length: hours * 60 + 240 }, (_, offset) => ({
      minute: first - 120 + offset,
      valid: 1,
      bad: isBad(first - 120 + offset) ? 1 : 0,
      coverage: 1,
      state: minuteState.measured,
    }));
    await ledger.commit({ final: [{ objective: `a${index}`, minutes }], provisional: [] });
  }
});
after(async () => {
  await ledger.close();
  rmSync(directory, { recursive: true });
});

for (const [index, { zone, from, hours }] of days.entries()) {
  const firstMs = Date.parse(from);
  const statusAt = (nowMs: number) => {
    const objective = { ...promise, id: `a${index}`, window: calendar('day', zone) };
    const reader = readerOf({ ledger, exclusions: () => [], clock }, objective);
    const meter = {
      lastReadMs: nowMs,
      trouble: null,
      emptySelectors: new Set<string>(),
      services: new Map(),
      quarantined: 0,
    };
    const measured = { selectors: ['requests'], services: [] };
    return objectiveStatus(objective, reader, { nowMs, clock, meter, measured, firing: [] });
  };

  test(`a day of ${hours} hours in ${zone} is judged by all of its minutes`, async () => {
    const { budget, state } = await statusAt(firstMs + hours * 3_600_000 - 1);
    assert.equal(budget.from, new Date(firstMs).toISOString());
    assert.equal(Date.parse(budget.to) - firstMs, hours * 3_600_000);
    assert.equal(budget.valid, hours * 60);
    assert.equal(budget.bad, 2, 'the first and the last minute, not those beside the day');
    assert.equal(budget.coverage, 1);
    assert.equal(state, 'ok');
    const allowed = (1 - promise.target) * hours * 60;
    assert.ok(Math.abs(budget.allowed - allowed) < 1e-9, `${budget.allowed} of ${allowed}`);
  });

  test(`the day after ${hours} hours in ${zone} begins anew`, async () => {
    const { budget } = await statusAt(firstMs + hours * 3_600_000 + 60_000);
    assert.equal(Date.parse(budget.from) - firstMs, hours * 3_600_000);
    assert.deepEqual([budget.valid, budget.bad], [1, 1]);
  });
}
