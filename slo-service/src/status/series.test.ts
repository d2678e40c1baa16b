import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { calendar } from '@sprout/objectives';
import { timing } from '@sprout/process';
import { minuteState } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { testConfig } from '../testing/test-config.ts';
import { minuteClock } from './minute-clock.ts';
import { readerOf } from './reader.ts';
import { objectiveSeries } from './series.ts';
import { budgetOf, ledgerWindow } from './window.ts';

const minuteOf = (instant: string) => Date.parse(instant) / 60_000;

it('the budget of a calendar window is whole again with the next unit', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-series-'));
  const { config, dispose } = testConfig();
  const ledger = openSqliteLedger(join(directory, 'ledger.sqlite'));
  try {
    const [declared] = config.objectives;
    assert.ok(declared);
    const objective = { ...declared, window: calendar('month', 'Asia/Seoul') };
    const from = minuteOf('2026-10-31T03:00:00Z');
    const to = minuteOf('2026-11-01T03:00:00Z');
    // Bad until the month of Seoul ends at 15:00 UTC, good from then on.
    const turn = minuteOf('2026-10-31T15:00:00Z');
    const minutes = Array.from({ length: to - from }, (_, index) => ({
      minute: from + index,
      valid: 100,
      bad: from + index < turn ? 2 : 0,
      coverage: 1,
      state: minuteState.measured,
    }));
    await ledger.commit({ final: [{ objective: objective.id, minutes }], provisional: [] });
    const clock = minuteClock(timing(1));
    const reader = readerOf({ ledger, exclusions: () => [], clock }, objective);
    const range = { fromMinute: from, toMinute: to, stepMinutes: 60 };
    const { points } = await objectiveSeries(objective, reader, range, clock);
    assert.deepEqual(
      points.map(({ leftFraction }) => leftFraction),
      [...Array.from({ length: 12 }, () => -1), ...Array.from({ length: 12 }, () => 1)],
    );
    const isCoarse = await Promise.all(
      [undefined, { fromMinute: from + 60, toMinute: from + 120 }].map(async (span) => {
        const parts = { ledger, exclusions: () => [], clock, coarse: () => span };
        const series = await objectiveSeries(objective, readerOf(parts, objective), range, clock);
        return series.points.slice(0, 3).map(({ coarse }) => coarse);
      }),
    );
    assert.deepEqual(isCoarse, [
      [undefined, undefined, undefined],
      [undefined, true, undefined],
    ]);
    const window = ledgerWindow(objective.window, to);
    const sum = await ledger.sum(objective.id, window.fromMinute, window.toMinute);
    assert.equal(window.fromMinute, turn);
    assert.equal(budgetOf(sum, 0.99).leftFraction, 1);
  } finally {
    await ledger.close();
    rmSync(directory, { recursive: true });
    dispose();
  }
});
