import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { minuteState } from '../ledger/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { measuredOnly } from './measured-only.ts';

const key = 'shop';
const simulation = { fromMinute: 10_000, toMinute: 13_000 };

const minutes = (from: number, to: number, bad: number) =>
  Array.from({ length: to - from }, (_, index) => ({
    minute: from + index,
    valid: 10,
    bad,
    coverage: 1,
    state: minuteState.measured,
  }));

/** What really happened, with or without a simulated past in which everything failed. */
async function fill(ledger: Ledger, withHistory: boolean): Promise<void> {
  const past = withHistory ? minutes(simulation.fromMinute, simulation.toMinute, 10) : [];
  const final = [{ objective: key, minutes: [...past, ...minutes(13_000, 13_200, 1)] }];
  await ledger.commit({ final, provisional: [] });
}

it('answers as a ledger would that was never filled with history', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-measured-'));
  const [filled, bare] = ['filled', 'bare'].map((name) =>
    openSqliteLedger(join(directory, `${name}.sqlite`)),
  );
  assert.ok(filled && bare);
  await fill(filled, true);
  await fill(bare, false);
  const measured = measuredOnly(filled, () => simulation);
  const stretches = [
    [9000, 13_200],
    [12_900, 13_100],
    [13_050, 13_150],
    [11_000, 12_000],
  ] as const;
  for (const [from, to] of stretches) {
    assert.deepEqual(await measured.sum(key, from, to), await bare.sum(key, from, to));
    assert.deepEqual(await measured.minutes(key, from, to), await bare.minutes(key, from, to));
  }
  assert.notDeepEqual(await filled.sum(key, 9000, 13_200), await bare.sum(key, 9000, 13_200));
  await filled.close();
  await bare.close();
  rmSync(directory, { recursive: true });
});
