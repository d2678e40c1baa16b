import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { listener } from '@sprout/process';
import { processIdentity } from '@sprout/process/supervisor';
import { isDuplicate, isUnavailable } from './database-error.ts';
import { migrate } from './migrate.ts';
import { createPools } from './pools.ts';
import type { Pools } from './pools.ts';
import { mariadbProcess } from './servers/index.ts';
import { quietTelemetry, startPrivately } from './testing/private-processes.ts';
import { eventually } from '@sprout/process/testing';
import type { PrivateProcesses } from './testing/private-processes.ts';

const mysql = listener('mariadb', 'mysql');
const database = 'market_test';
const telemetry = quietTelemetry();
let servers: PrivateProcesses;
let pools: Pools;

before(async () => {
  servers = await startPrivately([mariadbProcess()]);
  await migrate(servers.config, mysql, database, [thing]);
  pools = open(2_000);
});

after(async () => {
  await pools.close();
  await servers.stop();
  await telemetry.shutdown();
});

const thing = {
  id: '001-thing',
  sql: 'CREATE TABLE IF NOT EXISTS thing (id BIGINT PRIMARY KEY, made DATETIME(3) NULL)',
};

function open(queryTimeoutMs: number): Pools {
  const options = { database, primary: mysql, replica: mysql, telemetry, queryTimeoutMs };
  return createPools(servers.config, options);
}

test('a 64-bit id comes back with all its digits', async () => {
  const id = 9_007_199_254_740_993n;
  await pools.primary.change('INSERT INTO thing VALUES (?, NULL)', [id]);
  const rows = await pools.replica.rows('SELECT id FROM thing WHERE id = ?', [id]);
  assert.equal(rows[0]?.['id'], '9007199254740993');
});

test('a time comes back as it went, to the millisecond', async () => {
  const made = new Date('2026-02-28T23:59:59.123Z');
  await pools.primary.change('INSERT INTO thing VALUES (10, ?)', [made]);
  const rows = await pools.primary.rows('SELECT made FROM thing WHERE id = 10');
  assert.deepEqual(rows[0]?.['made'], made);
});

test('a transaction that fails leaves nothing behind', async () => {
  const failure = new Error('second thoughts');
  const attempt = pools.primary.transaction(async (statements) => {
    await statements.change('INSERT INTO thing VALUES (20, NULL)');
    throw failure;
  });
  await assert.rejects(attempt, failure);
  assert.deepEqual(await pools.primary.rows('SELECT id FROM thing WHERE id = 20'), []);
});

test('a value that a unique key holds is a duplicate, not an outage', async () => {
  await pools.primary.change('INSERT INTO thing VALUES (30, NULL)');
  const again = pools.primary.change('INSERT INTO thing VALUES (30, NULL)');
  await assert.rejects(again, (error) => isDuplicate(error) && !isUnavailable(error));
});

test('an error names its kind and not the values of its statement', async () => {
  const email = "o'hara@market.example";
  const wrong = pools.primary.change('INSERT INTO thing VALUES (31, ?)', [email]);
  await assert.rejects(wrong, (error: Error) => {
    assert.match(error.message, /^ER_TRUNCATED_WRONG_VALUE: Incorrect datetime value: '…'/);
    const told = [error.message, error.stack, JSON.stringify(error), inspect(error)].join();
    assert.ok(!told.includes('hara@market'), told);
    assert.match(error.stack ?? '', /^Error: ER_TRUNCATED_WRONG_VALUE[^]*database\.test\.ts/);
    return true;
  });
  await assert.rejects(pools.primary.rows('SELECT 1 FROM nothing'), /market_test.nothing/);
});

test('callers beyond the bound are refused at once, the others are served', async () => {
  const calls = Array.from({ length: 1_100 }, () => pools.primary.rows('SELECT SLEEP(0.01)'));
  const results = await Promise.allSettled(calls);
  const refused = results.filter((result) => result.status === 'rejected');
  assert.ok(refused.length > 0 && refused.length <= 100, `${refused.length} refused`);
  assert.ok(refused.every(({ reason }) => isUnavailable(reason)));
});

test('a query that takes too long is given up, and the pool goes on', async () => {
  const hasty = open(1_000);
  const slow = Array.from({ length: 10 }, () => hasty.primary.rows('SELECT SLEEP(5)'));
  const results = await Promise.allSettled(slow);
  assert.ok(results.every((result) => result.status === 'rejected'));
  assert.equal((await hasty.primary.rows('SELECT 1 AS one'))[0]?.['one'], 1);
  await hasty.close();
});

test('a transaction that a held server does not begin, commit or take back is given up', async () => {
  const hasty = open(500);
  const hold = async () => {
    await servers.stack.kill('mariadb', 'SIGSTOP');
    await eventually('it is held', () => isHeld('mariadb'));
  };
  const held: Readonly<Record<string, () => Promise<unknown>>> = {
    begin: async () => {
      await hasty.primary.rows('SELECT 1');
      await hold();
      return hasty.primary.transaction(async () => undefined);
    },
    commit: () => hasty.primary.transaction(hold),
    'take back': () =>
      hasty.primary.transaction(async () => {
        await hold();
        throw new Error('second thoughts');
      }),
  };
  for (const [what, ends] of Object.entries(held)) {
    const beganMs = performance.now();
    await assert.rejects(ends(), (error) => isUnavailable(error), what);
    assert.ok(performance.now() - beganMs < 5_000, `${what} ended when the server went on`);
    await servers.stack.kill('mariadb', 'SIGCONT');
    await eventually('transactions work again', () => hasty.primary.transaction(async () => true));
  }
  await hasty.close();
});

/** The threads of a process stop one after another. */
function isHeld(name: string): boolean {
  const { pid } = processIdentity(servers.config.dataDir, name) ?? assert.fail();
  return readdirSync(`/proc/${pid}/task`).every((thread) =>
    /^State:\s+T/m.test(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8')),
  );
}

test('the pool finds a server again that was killed', async () => {
  servers.stack.kill('mariadb');
  await eventually('the outage is noticed', () =>
    pools.primary.rows('SELECT 1').then(
      () => undefined,
      (error: unknown) => (isUnavailable(error) ? true : assert.fail(String(error))),
    ),
  );
  await eventually('queries work again', () => pools.primary.rows('SELECT 1'));
});

test('processes that migrate at once apply each step once', async () => {
  const steps = ['a', 'b', 'c'].map((name) => ({
    id: name,
    sql: `CREATE TABLE IF NOT EXISTS ${name} (id INT)`,
  }));
  const runs = await Promise.all(
    Array.from({ length: 4 }, () => migrate(servers.config, mysql, 'market_twice', steps)),
  );
  assert.deepEqual(runs.flat().sort(), ['a', 'b', 'c']);
});

test('a step that reads differently than when it ran is refused', async () => {
  const edited = { ...thing, sql: 'CREATE TABLE IF NOT EXISTS thing (id INT)' };
  await assert.rejects(migrate(servers.config, mysql, database, [edited]), {
    code: 'MIGRATION_CHANGED',
  });
});

test('a column or key that a crash left without its record counts as added', async () => {
  await pools.primary.change('ALTER TABLE thing ADD COLUMN colour INT NULL');
  const step = { id: '002-colour', sql: 'ALTER TABLE thing ADD COLUMN colour INT NULL' };
  await pools.primary.change('ALTER TABLE thing ADD KEY by_colour (colour)');
  const key = { id: '003-by-colour', sql: 'ALTER TABLE thing ADD KEY by_colour (colour)' };
  const applied = await migrate(servers.config, mysql, database, [thing, step, key]);
  assert.deepEqual(applied, ['002-colour', '003-by-colour']);
  assert.deepEqual(await migrate(servers.config, mysql, database, [thing, step]), []);
});

/** Fails when closing waits for what does not come. */
async function closesSoon({ close }: Pools): Promise<void> {
  const late = sleep(4_000, 'late', { ref: false });
  assert.equal(await Promise.race([close(), late]), undefined);
}

test('closing ends, though a query runs out of time meanwhile', async () => {
  const slow = open(300);
  const running = assert.rejects(slow.primary.rows('SELECT SLEEP(30)'), {
    code: 'PROTOCOL_SEQUENCE_TIMEOUT',
  });
  await slow.primary.rows('SELECT 1');
  await closesSoon(slow);
  await running;
});

test('closing ends, though a server that hangs was asked something', async () => {
  const hanging = open(300);
  await hanging.primary.rows('SELECT 1');
  await servers.stack.kill('mariadb', 'SIGSTOP');
  try {
    const running = assert.rejects(hanging.primary.rows('SELECT 1'));
    const connecting = assert.rejects(hanging.primary.rows('SELECT 2'));
    await closesSoon(hanging);
    await Promise.all([running, connecting]);
  } finally {
    await servers.stack.kill('mariadb', 'SIGCONT');
  }
});
