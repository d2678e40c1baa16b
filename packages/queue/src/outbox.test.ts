import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createPools, migrate } from '@sprout/data';
import type { Database, Pools } from '@sprout/data';
import { mariadbProcess } from '@sprout/data/servers';
import { quietTelemetry, startPrivately } from '@sprout/data/testing';
import { eventually } from '@sprout/process/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { listener } from '@sprout/process';
import { handleOnce, inboxMigration } from './inbox.ts';
import { piecesOf } from './outbox-pieces.ts';
import { startOutboxRelay } from './outbox-relay.ts';
import { outboxMigration, writeToOutbox } from './outbox.ts';
import type { Message, Queue } from './queue.ts';

const telemetry = quietTelemetry();
const mysql = listener('mariadb', 'mysql');
let servers: PrivateProcesses;
let pools: Pools;
let database: Database;

before(async () => {
  servers = await startPrivately([mariadbProcess()]);
  const name = 'market_test';
  await migrate(servers.config, mysql, name, [outboxMigration, inboxMigration]);
  pools = createPools(servers.config, {
    database: name,
    primary: mysql,
    replica: mysql,
    telemetry,
  });
  database = pools.primary;
});

after(async () => {
  await pools.close();
  await servers.stop();
  await telemetry.shutdown();
});

beforeEach(async () => {
  await database.change('DELETE FROM outbox');
});

const event = (id: number) => ({
  id: String(id),
  stream: 'things',
  type: 'thing.happened',
  body: { number: id },
  at: new Date(),
});

/** A queue that keeps what it is given, or refuses it. */
function recordingQueue() {
  const pieces: string[][] = [];
  const published: Message[] = [];
  const state = { refuses: false, refusedId: '' };
  const queue: Queue = {
    publish: async (_stream, messages) => {
      const isRefused = messages.some(({ id }) => id === state.refusedId);
      if (state.refuses || isRefused) throw new Error('queue away');
      pieces.push(messages.map(({ id }) => id));
      published.push(...messages);
    },
    consume: () => ({ stop: async () => {} }),
  };
  return { queue, pieces, published, state };
}

test('an event leaves only when its transaction committed', async () => {
  const { queue, published } = recordingQueue();
  const relay = startOutboxRelay({ database, queue, telemetry, intervalMs: 20 });
  const failing = database.transaction(async (statements) => {
    await writeToOutbox(statements, telemetry, event(1));
    throw new Error('rolled back');
  });
  await assert.rejects(failing);
  await database.transaction((statements) => writeToOutbox(statements, telemetry, event(2)));
  relay.wake();
  await eventually('it is published', () => published.length > 0 || undefined);
  await relay.stop();
  assert.deepEqual(
    published.map(({ id, body }) => ({ id, body })),
    [{ id: '2', body: { number: 2 } }],
  );
});

test('events wait for a queue that is away and leave together and in order when it is back', async () => {
  const { queue, pieces, published, state } = recordingQueue();
  state.refuses = true;
  const relay = startOutboxRelay({ database, queue, telemetry, intervalMs: 20 });
  for (const id of [11, 12, 13]) {
    await database.transaction((statements) => writeToOutbox(statements, telemetry, event(id)));
  }
  relay.wake();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(published, []);
  state.refuses = false;
  await eventually('all are published', () => published.length === 3 || undefined);
  await relay.stop();
  assert.deepEqual(pieces, [['11', '12', '13']]);
});

test('an event that is refused holds up those behind it alone, and none is published twice', async () => {
  const { queue, pieces, state } = recordingQueue();
  state.refusedId = '23';
  const other = { ...event(22), stream: 'others' };
  await database.transaction(async (statements) => {
    for (const one of [event(21), other, event(23), event(24)]) {
      await writeToOutbox(statements, telemetry, one);
    }
  });
  const relay = startOutboxRelay({ database, queue, telemetry, intervalMs: 20 });
  await eventually('the first is published', () => pieces.length > 0);
  state.refusedId = '';
  await eventually('so are the others', () => pieces.flat().length === 4);
  await relay.stop();
  const published = pieces.flat();
  assert.equal(published.length, 4);
  assert.deepEqual(
    published.filter((id) => id !== '22'),
    ['21', '23', '24'],
  );
});

test('a piece is no larger than a broker takes, unless a single event is', () => {
  const sizes = [40, 40, 40, 300, 10];
  const events = sizes.map((bytes, index) => ({
    sequence: BigInt(index),
    stream: 'things',
    createdAt: new Date(0),
    bytes,
    message: { id: String(index), type: 'thing.happened', body: null, headers: {} },
  }));
  const pieces = piecesOf(events, 100).map((piece) => piece.events.map(({ bytes }) => bytes));
  assert.deepEqual(pieces, [[40, 40], [40], [300], [10]]);
});

test('a relay in the middle of publishing holds up nobody who adds events', async () => {
  await database.transaction((statements) => writeToOutbox(statements, telemetry, event(50)));
  const publishing = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const queue: Queue = {
    publish: async () => {
      publishing.resolve();
      await released.promise;
    },
    consume: () => ({ stop: async () => {} }),
  };
  const relay = startOutboxRelay({ database, queue, telemetry });
  await publishing.promise;
  const startMs = performance.now();
  await database.transaction((statements) => writeToOutbox(statements, telemetry, event(51)));
  const tookMs = performance.now() - startMs;
  released.resolve();
  await relay.stop();
  assert.ok(tookMs < 5_000, `took ${Math.round(tookMs)} ms`);
});

test('two relays publish each event once while both live', async () => {
  const { queue, published } = recordingQueue();
  await database.transaction(async (statements) => {
    for (let id = 100; id < 200; id++) {
      await writeToOutbox(statements, telemetry, event(id));
    }
  });
  const relays = [1, 2].map(() => startOutboxRelay({ database, queue, telemetry, intervalMs: 10 }));
  await eventually('nothing waits', async () => {
    const rows = await database.rows('SELECT 1 FROM outbox WHERE published_at IS NULL');
    return rows.length === 0 || undefined;
  });
  await Promise.all(relays.map((relay) => relay.stop()));
  assert.equal(published.length, 100);
  assert.equal(new Set(published.map(({ id }) => id)).size, 100);
});

test('an effect is made once, however often and at once its message arrives', async () => {
  await database.change('CREATE TABLE IF NOT EXISTS effect (id INT)');
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () =>
      handleOnce(database, '777', async (statements) => {
        await statements.change('INSERT INTO effect VALUES (1)');
      }),
    ),
  );
  assert.equal(outcomes.filter((outcome) => outcome === 'processed').length, 1);
  assert.equal((await database.rows('SELECT 1 FROM effect')).length, 1);
});

test('an effect that fails leaves the message to be handled again', async () => {
  const failing = handleOnce(database, '888', async () => {
    throw new Error('no effect');
  });
  await assert.rejects(failing, /no effect/);
  assert.equal(await handleOnce(database, '888', async () => {}), 'processed');
});
