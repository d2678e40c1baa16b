import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Records } from '../records/record-store.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { openWatchdogStore } from './watchdog-store.ts';

it('a beat is never heard, then known, and no earlier one takes its place', async () => {
  const records = openSqliteRecords(':memory:');
  const store = await openWatchdogStore(records);
  assert.equal(store.lastMs(), null);
  await store.heard(2000);
  await store.heard(1000);
  assert.equal(store.lastMs(), 2000);
  assert.equal((await openWatchdogStore(records)).lastMs(), 2000, 'a restart forgets nothing');
});

it('a beat is known here though it could not be stored', async () => {
  const store = await openWatchdogStore(refusing(openSqliteRecords(':memory:')));
  await assert.rejects(store.heard(1000), /away/);
  assert.equal(store.lastMs(), 1000);
});

const refusing = (records: Records): Records => ({
  ...records,
  open: async (kind) => ({
    ...(await records.open(kind)),
    put: async () => assert.fail('away'),
  }),
});
