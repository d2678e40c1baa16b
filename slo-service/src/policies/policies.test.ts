import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { testConfig } from '../testing/test-config.ts';
import { openPolicies } from './policies.ts';

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
