import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { budgetSchema } from '../api/schemas.ts';
import { exclusionSchema } from '../exclusions/exclusion.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { runningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { testConfig } from '../testing/test-config.ts';
import { startWebhook } from '../testing/webhook.ts';
import { openPolicies } from './policies.ts';
import { policyListSchema } from './policy-routes.ts';
import type { PolicyCall, PolicyState } from './policy-state.ts';

it('a webhook is called once for each crossing, signed, and again when it failed', async (t) => {
  const received: { body: string; signature: string }[] = [];
  const answers = [500, 200, 200];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ body, signature: String(request.headers['sprout-signature']) });
    response.writeHead(answers[received.length - 1] ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  process.env['POLICY_TEST_SECRET'] = 'quiet';
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/low`;
  const policy = { name: 'freeze', leftBelow: 0.2, url, secretEnv: 'POLICY_TEST_SECRET' };
  const { config, dispose } = testConfig({ policies: [policy] });
  t.after(dispose);
  const directory = mkdtempSync(join(tmpdir(), 'sprout-policies-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const records = openSqliteRecords(join(directory, 'records.sqlite'));
  t.after(() => records.close());
  let left: number | null = 0.5;
  const leftOf = async () => left;
  const failures: unknown[] = [];
  const onError = (_message: string, error: unknown) => failures.push(error);
  const policies = await openPolicies(records, config, { leftOf, onError });
  let nowMs = Date.now();
  /** Called so often in all after a look at this much left, `later` seconds after the last one. */
  const look = async (value: number | null, later = 1) => {
    left = value;
    nowMs += later * 1000;
    await policies.run(nowMs);
    return received.length;
  };
  assert.equal(await look(0.5), 0);
  assert.equal(await look(null), 0);
  assert.equal(await look(0.19), 1);
  assert.equal(policies.list()[0]?.calls[0]?.error, 'HTTP 500');
  delete process.env['POLICY_TEST_SECRET'];
  assert.equal(await look(0.18, 20), 1, 'nothing is sent unsigned');
  assert.match(policies.list()[0]?.calls[0]?.error ?? '', /POLICY_TEST_SECRET/);
  process.env['POLICY_TEST_SECRET'] = 'quiet';
  assert.equal(await look(0.18), 1);
  assert.equal(await look(0.18, 40), 2);
  assert.equal(await look(0.1, 3600), 2);
  // Back above the threshold, but not by the hysteresis: it is the same crossing.
  assert.equal(await look(0.22), 2);
  assert.equal(await look(0.19), 2);
  assert.equal(await look(0.3), 2);
  assert.equal(await look(0.19), 3);
  const [state, ...others] = policies.list();
  assert.deepEqual(others, [], 'only what pages is concerned');
  assert.deepEqual(
    state?.calls.map(({ attempts, deliveredAt, nextAt }) => [
      attempts,
      deliveredAt !== null,
      nextAt,
    ]),
    [
      [3, true, null],
      [1, true, null],
    ],
  );
  assert.equal(failures.length, 2, 'both are in the log');
  for (const { body, signature } of received) {
    const [, seconds = '', hmac] = /^t=(\d+),v1=(\w+)$/.exec(signature) ?? [];
    assert.equal(hmac, createHmac('sha256', 'quiet').update(`${seconds}.${body}`).digest('hex'));
  }
  assert.match(received[0]?.body ?? '', /"policy":"freeze","objective":"shop-availability"/);
  assert.equal(JSON.parse(received[0]?.body ?? '').id, JSON.parse(received[1]?.body ?? '').id);
});

it('a running service calls when its ledger has less left, and again only after an exclusion mended that', async (t) => {
  const { url, received, close } = await startWebhook();
  t.after(close);
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const failed = (scrape: number) => (scrape < 40 ? 0 : 50);
  const series = shopSeries({ untilMs, minutes: 20, ok: () => 50, failed });
  const service = await runningService(series, {
    policies: [{ name: 'freeze', leftBelow: 0.2, url, objectives: ['shop-availability'] }],
  });
  t.after(service.stop);
  const ask = async (path: string, init?: RequestInit): Promise<unknown> =>
    (await fetch(`${service.url}/api/v1/${path}`, init)).json();
  /** Reads on at once, as at every interval. */
  const readOn = async (isDone: (state: PolicyState | undefined) => boolean) => {
    await service.reload(service.test.config);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const [state] = policyListSchema.parse(await ask('policies')).items;
      if (isDone(state)) return;
      await sleep(50);
    }
    assert.fail('nothing came of it');
  };
  const leftAt = async (at: string) => {
    const asked = await ask(`objectives/shop-availability/budget?at=${at}`);
    const { leftFraction, adjusted } = budgetSchema.parse(asked);
    return adjusted?.leftFraction ?? leftFraction;
  };

  await readOn((state) => isTaken(state?.calls[0]));
  const [call] = z.array(callSchema).parse(received);
  assert.ok(call);
  assert.deepEqual([call.policy, call.objective], ['freeze', 'shop-availability']);
  assert.equal(call.left, await leftAt(call.at), 'what the API says of that instant');

  const when = { kind: 'once', from: iso(untilMs - 660_000), to: iso(untilMs + 60_000) };
  const exclusion = await ask('exclusions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ when, reason: 'a move', by: 'ana' }),
  });
  const { id } = exclusionSchema.parse(exclusion);
  await readOn((state) => state?.crossed === false);
  assert.equal(received.length, 1, 'a budget that was mended calls nobody');
  await ask(`exclusions/${id}?by=ana&reason=another+day`, { method: 'DELETE' });
  await readOn((state) => isTaken(state?.calls[1]));
  assert.equal(received.length, 2, 'what crosses again is called again');
});

const callSchema = z.object({
  policy: z.string(),
  objective: z.string(),
  at: z.string(),
  left: z.number(),
});

const isTaken = (call: PolicyCall | undefined) => typeof call?.deliveredAt === 'string';

const iso = (ms: number) => new Date(ms).toISOString();
