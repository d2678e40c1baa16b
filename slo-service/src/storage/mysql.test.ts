import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { ledgerContract } from '../ledger/ledger-contract.ts';
import { minuteState } from '../ledger/ledger.ts';
import { openMysqlLedger } from '../ledger/mysql-ledger.ts';
import type { SharedLedger } from '../ledger/mysql-ledger.ts';
import { mysqlRecords } from '../records/mysql-records.ts';
import { recordContract } from '../records/record-contract.ts';
import { startMariadb } from '../testing/mariadb.ts';
import type { TestDatabase, TestMariadb } from '../testing/mariadb.ts';

let mariadb: TestMariadb;
before(async () => {
  mariadb = await startMariadb();
});
after(() => mariadb.stop());

ledgerContract('MySQL', async () => {
  const { db, directory, dispose } = await mariadb.newDatabase();
  return {
    open: async () => {
      const ledger = await openMysqlLedger(db, join(directory, 'copy.sqlite'));
      await ledger.claim(ledger.fence() + 1);
      return ledger;
    },
    dispose,
  };
});

recordContract('MySQL', async () => {
  const { db, dispose } = await mariadb.newDatabase();
  return { open: async () => mysqlRecords(db), dispose };
});

describe('replicas on MySQL', () => {
  const minute = 29_000_000;
  const batch = (valid: number, checkpoint: string) => {
    const entry = { minute, valid, bad: 0, coverage: 1, state: minuteState.measured };
    return { final: [{ objective: 'a', minutes: [entry] }], provisional: [], checkpoint };
  };
  const valid = async (ledger: SharedLedger) => (await ledger.sum('a', minute, minute + 1)).valid;

  const between =
    (body: (one: SharedLedger, other: SharedLedger, database: TestDatabase) => Promise<void>) =>
    async () => {
      const database = await mariadb.newDatabase();
      const { db, directory } = database;
      const one = await openMysqlLedger(db, join(directory, 'one.sqlite'));
      const other = await openMysqlLedger(
        await database.another(),
        join(directory, 'other.sqlite'),
      );
      try {
        await body(one, other, database);
      } finally {
        await one.close();
        await other.close();
        await database.dispose();
      }
    };

  it(
    'a writer that was replaced writes nothing',
    between(async (one, other) => {
      await one.claim(1);
      await one.commit(batch(5, 'one'));
      await other.claim(2);
      await assert.rejects(one.commit(batch(7, 'late')), { code: 'LEDGER_FENCED' });
      await assert.rejects(one.claim(1), { code: 'LEDGER_FENCED' });
      assert.equal(one.fence(), 2);
      await other.commit(batch(1, 'two'));
      await one.refresh();
      assert.deepEqual([await valid(one), await valid(other)], [6, 6]);
      assert.deepEqual([await one.checkpoint(), await other.checkpoint()], ['two', 'two']);
    }),
  );

  it(
    'a replica that never claimed writes nothing',
    between(async (one) => {
      await assert.rejects(one.commit(batch(1, 'one')), { code: 'LEDGER_FENCED' });
      assert.equal(await valid(one), 0);
    }),
  );

  it(
    'a writer that does not know whether its commit arrived is refused until it has read it',
    between(async (one, _other, { another, directory }) => {
      await one.claim(1);
      // The same replica in the database, as if the answer to its commit had been lost.
      const unheard = await openMysqlLedger(await another(), join(directory, 'unheard.sqlite'));
      await unheard.claim(1);
      await unheard.commit(batch(3, 'unheard'));
      await assert.rejects(one.commit(batch(3, 'again')), { code: 'LEDGER_FENCED' });
      await one.claim(1);
      assert.deepEqual([await one.checkpoint(), await valid(one)], ['unheard', 3]);
      await unheard.close();
    }),
  );

  it(
    'a replica stopped within its commit holds the next writer up for seconds, not for good',
    between(async (one, other, { db }) => {
      await one.claim(1);
      const stopped = db.transaction(async (sql) => {
        await sql.rows('SELECT * FROM ledger_head FOR UPDATE');
        await other.claim(2);
        await sql.change('UPDATE ledger_head SET revision = 99');
      });
      await assert.rejects(stopped, { code: 'STORAGE_AWAY' });
      await other.commit(batch(2, 'two'));
      assert.equal(await valid(other), 2);
    }),
  );

  it('records that replicas put at once are in the same order for all', async () => {
    const { db, another, dispose } = await mariadb.newDatabase();
    const kind = { name: 'number', schema: z.number(), recordsMax: 1000 };
    const one = await mysqlRecords(db).open(kind);
    const other = await mysqlRecords(await another()).open(kind);
    const puts = Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? one : other).put(`record ${index}`, index),
    );
    await Promise.all(puts);
    await one.put('counter', 0);
    const counts = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? one : other).change('counter', (count) => count + 1),
    );
    await Promise.all(counts);
    await Promise.all([one.refresh(), other.refresh()]);
    assert.equal(one.all().length, 41);
    assert.deepEqual(one.all(), other.all());
    assert.equal(other.find('counter'), 20);
    await dispose();
  });
});
