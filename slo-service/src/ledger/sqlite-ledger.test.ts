import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { it } from 'node:test';
import { ledgerContract } from './ledger-contract.ts';
import { minuteState } from './ledger.ts';
import { openSqliteLedger } from './sqlite-ledger.ts';

ledgerContract('an SQLite file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-ledger-'));
  return {
    open: async () => openSqliteLedger(join(directory, 'ledger.sqlite')),
    dispose: async () => rmSync(directory, { recursive: true }),
  };
});

it('sums 30 days in less than 5 ms', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-ledger-'));
  const ledger = openSqliteLedger(join(directory, 'ledger.sqlite'));
  const from = 29_000_123;
  const minutes = Array.from({ length: 31 * 1440 }, (_, index) => ({
    minute: from + index,
    valid: 1800,
    bad: index % 11,
    coverage: 1,
    state: minuteState.measured,
  }));
  await ledger.commit({ final: [{ objective: 'a', minutes }], provisional: [] });
  const rounds = 100;
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    await ledger.sum('a', from + round, from + round + 30 * 1440);
    times.push(performance.now() - begin);
  }
  await ledger.close();
  rmSync(directory, { recursive: true });
  const median = times.toSorted((a, b) => a - b)[rounds / 2] ?? Infinity;
  assert.ok(median < 5, `the median of ${rounds} sums was ${median.toFixed(2)} ms`);
});
