import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { mariadbProcess, redisProcess } from '@sprout/data/servers';
import { eventually } from '@sprout/process/testing';
import { timing } from '@sprout/process';
import { z } from 'zod';
import { budgetSchema, objectiveStatusSchema, sourceListSchema } from '../api/schemas.ts';
import { exclusionListSchema } from '../exclusions/exclusion.ts';
import { liveShop } from '../testing/live-shop.ts';
import type { LiveShop } from '../testing/live-shop.ts';
import { startServer } from '../testing/private-server.ts';
import type { PrivateServer } from '../testing/private-server.ts';
import { startPrometheus } from '../testing/prometheus-process.ts';
import type { TestPrometheus } from '../testing/prometheus-process.ts';
import { startServiceProcess } from '../testing/service-process.ts';
import type { ServiceProcess } from '../testing/service-process.ts';
import { testConfig } from '../testing/test-config.ts';
import type { TestConfig } from '../testing/test-config.ts';

const timeScale = 120;
const { minuteMs } = timing(timeScale);

interface Replica {
  readonly test: TestConfig;
  process: ServiceProcess;
}

let mariadb: PrivateServer;
let redis: PrivateServer;
let prometheus: TestPrometheus;
let shop: LiveShop;
let replicas: readonly [Replica, Replica];

before(async () => {
  [mariadb, redis, prometheus] = await Promise.all([
    startServer(mariadbProcess(), 'mysql'),
    startServer(redisProcess(), 'redis'),
    startPrometheus(),
  ]);
  shop = liveShop(prometheus, timeScale);
  replicas = await Promise.all([startReplica(), startReplica()]);
  await eventually('a replica writes and the other follows', writerAndOther);
});

after(async () => {
  await shop.stop();
  for (const { process, test } of replicas) {
    process.signal('SIGCONT');
    await process.end('SIGTERM');
    test.dispose();
  }
  await Promise.all([prometheus.stop(), redis.dispose(), mariadb.dispose()]);
});

describe('two replicas', () => {
  it('answer the same, records too', async () => {
    const [one, other] = replicas;
    const title = 'order 1.4.2';
    const response = await fetch(`${one.process.url}/api/v1/exclusions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(exclusion),
    });
    assert.equal(response.status, 201, title);
    await eventually('the other replica knows the exclusion', async () => {
      const answer = await fetch(`${other.process.url}/api/v1/exclusions`);
      const { items } = exclusionListSchema.parse(await answer.json());
      return items.some(({ reason }) => reason === exclusion.reason) || undefined;
    });
    await sameBudgets();
  });

  it('know of each other that alerting works, and one that starts again does too', async () => {
    const [one, other] = replicas;
    await tellWatchdog(one);
    const heard = (await alertingOf(one)).lastMinute;
    assert.ok(heard);
    await eventually('the other replica knows the beat', async () =>
      (await alertingOf(other)).lastMinute === heard ? true : undefined,
    );
    await one.process.end('SIGTERM');
    one.process = await startServiceProcess(one.test);
    assert.equal((await alertingOf(one)).lastMinute, heard);
  });

  it('go on when the one that writes is killed', async () => {
    const { writer, other } = (await writerAndOther()) ?? assert.fail('no replica writes');
    await writer.process.end('SIGKILL');
    await eventually('the other replica writes', () => writes(other));
    writer.process = await startServiceProcess(writer.test);
    assert.equal(await writes(writer), undefined);
    await sameBudgets();
  });

  it('go on when the one that writes is stopped, and refuse what it wants to write after', async () => {
    const { writer, other } = (await writerAndOther()) ?? assert.fail('no replica writes');
    writer.process.signal('SIGSTOP');
    await eventually('the other replica writes', () => writes(other));
    writer.process.signal('SIGCONT');
    await eventually('the stopped one follows', async () =>
      (await writes(writer)) === undefined ? true : undefined,
    );
    assert.equal(await writes(other), true);
    await sameBudgets();
  });

  it('meter on while Redis is away', async () => {
    await redis.stop();
    const { writer, other } = (await writerAndOther()) ?? assert.fail('no replica writes');
    const before = await budget(other);
    await eventually('events go on being counted', async () => {
      const { valid } = await budget(other);
      return valid > before.valid + 500 || undefined;
    });
    assert.deepEqual([await writes(writer), await writes(other)], [true, undefined]);
    await redis.start();
  });

  it('answer what they knew while MySQL is away, say so, and catch up', async () => {
    await mariadb.stop();
    const response = await fetch(`${replicas[0].process.url}/api/v1/exclusions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(exclusion),
    });
    const { code } = z.object({ code: z.string() }).parse(await response.json());
    assert.deepEqual([response.status, code], [503, 'STORAGE_AWAY']);
    assert.ok(response.headers.get('Retry-After'));
    await tellWatchdog(replicas[0]);
    assert.equal((await alertingOf(replicas[0])).healthy, true, 'alerting works all the same');
    for (const replica of replicas) {
      const { cause, fix } = await eventually('figures are stale', async () => {
        const status = await statusOf(replica);
        return status.state === 'stale' ? status : undefined;
      });
      assert.match(cause ?? '', /^Nothing was metered since .*: MySQL does not answer/);
      assert.match(fix ?? '', /sloService\.storage/);
      const known = await budget(replica);
      assert.ok(known.valid > 0);
      await sleep(2 * minuteMs);
      assert.equal((await budget(replica)).valid, known.valid);
    }
    await mariadb.start();
    await eventually('figures are fresh again', async () =>
      (await statusOf(replicas[1])).state === 'ok' ? true : undefined,
    );
  });

  it('have lost and doubled nothing in the end', async () => {
    const written = await shop.stop();
    for (const replica of replicas) {
      await eventually('all events are counted', async () =>
        (await budget(replica)).valid === written.valid ? true : undefined,
      );
    }
    // By then all of it is final.
    await sleep(16 * minuteMs);
    for (const replica of replicas) {
      const { valid, bad } = await budget(replica);
      assert.deepEqual({ valid, bad }, written);
    }
  });
});

const exclusion = {
  when: { kind: 'once', from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' },
  reason: 'planned migration',
  by: 'ana',
};

const startsAt = '2026-01-01T00:00:00Z';

async function startReplica(): Promise<Replica> {
  const test = testConfig({
    timeScale,
    telemetry: { prometheus: { url: prometheus.url } },
    sloService: {
      storage: {
        kind: 'mysql',
        endpoint: { url: mariadb.address },
        database: 'sprout_slo',
        user: 'market',
        password: { file: mariadb.passwordFile },
        lease: { url: redis.address },
        leasePassword: { file: redis.passwordFile },
      },
    },
  });
  return { test, process: await startServiceProcess(test) };
}

async function writes({ process }: Replica): Promise<true | undefined> {
  const response = await fetch(`${process.url}/readyz`);
  return z.object({ writes: z.boolean() }).parse(await response.json()).writes || undefined;
}

/** Undefined unless exactly one writes. */
async function writerAndOther() {
  const [one, two] = replicas;
  const [first, second] = await Promise.all([writes(one), writes(two)]);
  if (first === second) return undefined;
  return first === true ? { writer: one, other: two } : { writer: two, other: one };
}

async function budget({ process }: Replica) {
  const response = await fetch(`${process.url}/api/v1/objectives/shop-availability/budget`);
  return budgetSchema.parse(await response.json());
}

async function statusOf({ process }: Replica) {
  const response = await fetch(`${process.url}/api/v1/objectives/shop-availability`);
  return objectiveStatusSchema.parse(await response.json());
}

async function tellWatchdog({ process }: Replica): Promise<void> {
  const watchdog = { status: 'firing', labels: { alertname: 'Watchdog' }, startsAt };
  const response = await fetch(`${process.url}/api/v1/alertmanager`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      version: '4',
      groupKey: 'watchdog',
      status: 'firing',
      alerts: [watchdog],
    }),
  });
  assert.equal(response.status, 200, await response.text());
}

async function alertingOf({ process }: Replica) {
  const response = await fetch(`${process.url}/api/v1/sources`);
  const { items } = sourceListSchema.parse(await response.json());
  return items.find(({ name }) => name === 'alerting') ?? assert.fail('no source "alerting"');
}

/** One replica may be a tick behind the other. */
function sameBudgets(): Promise<true> {
  return eventually('both replicas answer the same', async () => {
    const [one, other] = await Promise.all(replicas.map(budget));
    return one?.valid === other?.valid && one?.bad === other?.bad ? true : undefined;
  });
}
