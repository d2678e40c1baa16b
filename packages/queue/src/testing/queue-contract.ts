import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Observability } from '@sprout/instrumentation';
import { eventually } from '@sprout/process/testing';
import type { DeadLetters } from '../dead-letters.ts';
import type { Consumption, Message, Queue, Subscription } from '../queue.ts';
import type { LookAtStream } from '../stream-state.ts';

/** An adapter with a server of its own, as the contract needs it: three attempts, short pauses. */
export interface QueueUnderTest {
  readonly queue: Queue;
  readonly dead: DeadLetters;
  readonly look: LookAtStream;
  readonly telemetry: Observability;
  /** Messages of the stream that the group `readers` has not settled. */
  unsettled(stream: string): Promise<number>;
  /** Puts something into the stream that is no message. */
  publishGarbage(stream: string): Promise<void>;
  /** Lets a consumer of `readers` take what is in the stream, and die. */
  orphan(stream: string): Promise<void>;
  /** Kills the server with SIGKILL; it comes back by itself. */
  killServer(): Promise<void>;
  stop(): Promise<void>;
}

/** What every adapter of the port holds, as tests. */
export function queueContract(start: () => Promise<QueueUnderTest>): void {
  let under: QueueUnderTest;
  const consumptions: Consumption[] = [];
  before(async () => {
    under = await start();
  });
  after(async () => {
    await Promise.all(consumptions.map((consumption) => consumption.stop()));
    await under.stop();
  });

  let ids = 0;
  const message = (body: unknown): Message => ({
    id: String(++ids),
    type: 'thing.happened',
    body,
    headers: {},
  });
  const publish = (stream: string, body: unknown) => under.queue.publish(stream, [message(body)]);
  const consume = (
    stream: string,
    handle: Subscription['handle'],
    more: Partial<Subscription> = {},
  ): Consumption => {
    const consumption = under.queue.consume({
      stream,
      group: 'readers',
      consumer: `${stream}-reader`,
      isPassing: () => false,
      handle,
      ...more,
    });
    consumptions.push(consumption);
    return consumption;
  };
  const settled = (stream: string) =>
    eventually('all is settled', async () => (await under.unsettled(stream)) === 0);
  const buried = (stream: string) =>
    eventually('it is dead', async () => (await under.dead.list(stream))[0]);

  test('messages arrive whole and in order, and are settled', async () => {
    const bodies: unknown[] = [];
    await under.queue.publish('plain', [{ text: '떡볶이' }, [1, 2]].map(message));
    await publish('plain', null);
    consume('plain', async ({ body }) => {
      bodies.push(body);
      return 'processed';
    });
    await eventually('all three arrive', () => bodies.length === 3);
    assert.deepEqual(bodies, [{ text: '떡볶이' }, [1, 2], null]);
    await settled('plain');
  });

  test('a message that fails is tried again and others are not held up', async () => {
    const handled: unknown[] = [];
    let failures = 0;
    await publish('shaky', 'shaky');
    await publish('shaky', 'sound');
    consume('shaky', async ({ body }) => {
      if (body === 'shaky' && ++failures < 3) throw new Error('not yet');
      handled.push(body);
      return 'processed';
    });
    await eventually('both are handled', () => handled.length === 2);
    assert.deepEqual(handled, ['sound', 'shaky']);
    await settled('shaky');
    assert.deepEqual(await under.dead.list('shaky'), []);
  });

  test('a subscription may handle several messages at once, and no more', async () => {
    let running = 0;
    let most = 0;
    let handled = 0;
    for (let i = 0; i < 12; i++) await publish('wide', i);
    consume(
      'wide',
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 30));
        running -= 1;
        handled += 1;
        return 'processed';
      },
      { parallel: 3 },
    );
    await eventually('all are handled', () => handled === 12);
    assert.equal(most, 3);
  });

  test('a message given up is kept with its reason, and comes back when it is asked to', async () => {
    let attempts = 0;
    let mended = false;
    const handled: unknown[] = [];
    await under.queue.publish('hopeless', [{ ...message({ a: 1 }), headers: { origin: 'test' } }]);
    consume('hopeless', async ({ body, headers }) => {
      attempts += 1;
      if (!mended) throw new Error('never');
      handled.push({ body, origin: headers['origin'] });
      return 'processed';
    });
    const letter = await buried('hopeless');
    assert.equal(attempts, 3);
    assert.equal(letter.error, 'Error: never');
    assert.equal(letter.fields['type'], 'thing.happened');
    assert.ok(Math.abs(Date.now() - letter.at.getTime()) < 60_000);
    await settled('hopeless');
    mended = true;
    assert.equal(await under.dead.replay('hopeless', letter.id), true);
    await eventually('it is handled', () => handled.length === 1);
    assert.deepEqual(handled, [{ body: { a: 1 }, origin: 'test' }]);
    assert.deepEqual(await under.dead.list('hopeless'), []);
    assert.equal(await under.dead.replay('hopeless', letter.id), false);
  });

  test('a look at a stream tells what waits for whom, who reads, and what was given up', async () => {
    const group = async () => (await under.look('seen')).groups[0];
    const held = Promise.withResolvers<void>();
    const reader = consume('seen', async ({ body }) => {
      if (body === 'hopeless') throw new Error('never');
      await held.promise;
      return 'processed';
    });
    await publish('seen', 'hopeless');
    await eventually('one is dead', async () => (await under.look('seen')).dead === 1);
    for (const body of [1, 2, 3]) await publish('seen', body);
    const waiting = await eventually('three are open', async () => {
      const now = await group();
      return (now?.lag ?? 0) + (now?.pending ?? 0) === 3 && now?.consumers === 1 ? now : undefined;
    });
    assert.equal(waiting.group, 'readers');
    // Kafka tells no age; where one is told it is that of the first of the three.
    assert.ok((waiting.oldestAgeSeconds ?? 1) > 0);
    held.resolve();
    await eventually('none is open', async () => {
      const now = await group();
      return now?.lag === 0 && (now.pending ?? 0) === 0 && (now.oldestAgeSeconds ?? 0) === 0;
    });
    const [letter] = await under.dead.list('seen');
    assert.ok(letter);
    await under.dead.drop('seen', letter.id);
    assert.equal((await under.look('seen')).dead, 0);
    // Longer than a consumer may be silent: one that waits for messages is there.
    await sleep(1_500);
    assert.equal((await group())?.consumers, 1);
    await reader.stop();
    await eventually('nobody reads', async () => (await group())?.consumers === 0);
  });

  test('what is no message ends among the dead letters, and can be dropped', async () => {
    await under.publishGarbage('garbled');
    consume('garbled', async () => 'processed');
    const { id } = await buried('garbled');
    assert.equal(await under.dead.drop('garbled', id), true);
    assert.deepEqual(await under.dead.list('garbled'), []);
    assert.equal(await under.dead.drop('garbled', id), false);
  });

  test('a failure that passes is waited out, however often it happens', async () => {
    let attempts = 0;
    const waiting = consume(
      'patient',
      async () => {
        attempts += 1;
        if (attempts < 4) throw new Error('database away');
        return 'processed';
      },
      { isPassing: () => true },
    );
    await publish('patient', 'patient');
    await eventually('it is handled', () => attempts === 4);
    await settled('patient');
    assert.deepEqual(await under.dead.list('patient'), []);
    await waiting.stop();
  });

  test('what a dead consumer had begun is taken over by another', async () => {
    await publish('orphaned', 'orphan');
    await under.orphan('orphaned');
    const handled: unknown[] = [];
    consume('orphaned', async ({ body }) => {
      handled.push(body);
      return 'processed';
    });
    await eventually('it is taken over', () => handled.length === 1);
  });

  test('a consumer that stopped goes on where it was', async () => {
    const handled: unknown[] = [];
    const handle: Subscription['handle'] = async ({ body }) => {
      handled.push(body);
      return 'processed';
    };
    const first = consume('resumed', handle);
    await publish('resumed', 'before');
    await eventually('the first arrives', () => handled.length === 1);
    await first.stop();
    await publish('resumed', 'after');
    consume('resumed', handle);
    await eventually('the second arrives', () => handled.includes('after'));
    assert.deepEqual(handled, ['before', 'after']);
  });

  test('consuming goes on after the server was killed, with what had been published', async () => {
    const handled = new Set<unknown>();
    consume('survivor', async ({ body }) => {
      handled.add(body);
      return 'processed';
    });
    await publish('survivor', 'before');
    await under.killServer();
    await eventually('publishing works again', () =>
      publish('survivor', 'after').then(() => true as const),
    );
    await eventually('both arrive', () => handled.size === 2);
  });

  test('the consumer works in the trace of each event, also of those published together', async () => {
    const { telemetry, queue } = under;
    const seen: unknown[] = [];
    consume('traced', async () => {
      seen.push(telemetry.currentTraceId());
      return 'processed';
    });
    const request = () =>
      telemetry.span('request', {}, async () => {
        const headers: Record<string, string> = {};
        telemetry.inject(headers);
        return { traceId: telemetry.currentTraceId(), event: { ...message('traced'), headers } };
      });
    const requests = [await request(), await request()];
    const [first, second] = requests.map(({ traceId }) => traceId);
    assert.match(first ?? '', /^[0-9a-f]{32}$/);
    assert.notEqual(first, second);
    await queue.publish(
      'traced',
      requests.map(({ event }) => event),
    );
    await eventually('both arrive', () => seen.length === 2);
    assert.deepEqual(seen, [first, second]);
  });
}
