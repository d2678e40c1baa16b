import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultAccess } from '@sprout/process';
import express from 'express';
import type { Request } from 'express';
import { array, assert as holds, double, integer, nat, property } from 'fast-check';
import { keysMax, createTokenBuckets } from '../../../src/token-buckets.ts';
import { destinationOf } from '../routes.ts';
import { createAddressRules } from './address-rules.ts';
import { createGatekeeper } from './gatekeeper.ts';
import type { GatekeeperParts } from './gatekeeper.ts';
import type { Identity } from './identity.ts';

const away = () => Promise.reject(new Error('away'));

function gatekeeper(parts: Partial<GatekeeperParts> = {}) {
  return createGatekeeper({
    access: defaultAccess,
    sessions: { find: away },
    tokens: { identify: away },
    nowMs: () => 0,
    ...parts,
  });
}

/** A request as express would give it. */
function request(given: {
  method?: string;
  url?: string;
  ip?: string;
  headers?: Record<string, string>;
}): Request {
  const { method = 'GET', url = '/product/products', ip = '10.0.0.7', headers = {} } = given;
  const made: Request = Object.create(express.request);
  Object.defineProperties(made, { ip: { value: ip }, headers: { value: headers } });
  return Object.assign(made, { method, originalUrl: url });
}

async function reasonFor(
  gate: ReturnType<typeof gatekeeper>,
  given: Parameters<typeof request>[0],
): Promise<string> {
  const asked = request(given);
  const destination = destinationOf(asked.method, asked.originalUrl);
  assert.ok(destination);
  const admission = await gate.admit(asked, destination);
  return admission.kind === 'refused' ? admission.refusal.reason : 'admitted';
}

test('what is public needs neither Redis nor the issuer, whatever the caller shows', async () => {
  const gate = gatekeeper();
  const shown = [{}, { cookie: 'SESSION=a.b' }, { authorization: 'Bearer abc' }];
  for (const headers of shown) assert.equal(await reasonFor(gate, { headers }), 'admitted');
});

test('what is not public says which of the two is missing', async () => {
  const gate = gatekeeper();
  const url = '/order/orders/1';
  const by = (headers: Record<string, string>) => reasonFor(gate, { url, headers });
  assert.equal(await by({ cookie: 'SESSION=a.b' }), 'sessions_unavailable');
  assert.equal(await by({ authorization: 'Bearer abc' }), 'identity_unavailable');
  assert.equal(await by({}), 'unauthenticated');
});

test('one identity uses up its own rate, wherever it comes from, and nobody else is slowed', async () => {
  let nowMs = 0;
  const rateLimits = {
    each: { perSecond: 1, burst: 2 },
    clients: { load: { perSecond: 9, burst: 9 } },
  };
  const identify = async (subject: string): Promise<Identity> => ({
    subject,
    roles: ['operator'],
    by: 'token',
  });
  const gate = gatekeeper({
    access: { ...defaultAccess, rateLimits },
    tokens: { identify },
    nowMs: () => nowMs,
  });
  const ask = (who: string, ip: string) =>
    reasonFor(gate, { ip, headers: { authorization: `Bearer ${who}` } });
  assert.deepEqual(
    [await ask('kim', '10.0.0.1'), await ask('kim', '10.0.0.2'), await ask('kim', '10.0.0.3')],
    ['admitted', 'admitted', 'rate'],
  );
  assert.equal(await ask('lee', '10.0.0.1'), 'admitted');
  for (let i = 0; i < 9; i += 1) assert.equal(await ask('load', '10.0.0.1'), 'admitted');
  assert.equal(await ask('load', '10.0.0.1'), 'rate');
  nowMs = 1_000;
  assert.equal(await ask('kim', '10.0.0.1'), 'admitted');
});

test('a refusal for the rate says when to come back', () => {
  const rateLimits = { each: { perSecond: 0.1, burst: 1 }, clients: {} };
  const gate = gatekeeper({ access: { ...defaultAccess, rateLimits } });
  assert.equal(gate.refuses(request({})), undefined);
  assert.deepEqual(gate.refuses(request({}))?.headers, { 'retry-after': '10' });
  assert.equal(gate.refuses(request({ ip: '::ffff:10.0.0.8' })), undefined);
  assert.equal(gate.refuses(request({ ip: '10.0.0.8' }))?.reason, 'rate', 'the same address');
});

test('no caller gets more than burst and rate allow, at whatever times it asks', () => {
  holds(
    property(
      array(nat(2_000), { maxLength: 200 }),
      double({ min: 0.1, max: 50, noNaN: true }),
      integer({ min: 1, max: 20 }),
      (gaps, perSecond, burst) => {
        let nowMs = 0;
        const buckets = createTokenBuckets(() => nowMs);
        let taken = 0;
        for (const gap of gaps) {
          nowMs += gap;
          if (buckets.take('one', { perSecond, burst }) === 0) taken += 1;
          assert.ok(taken <= burst + (nowMs / 1000) * perSecond + 1e-6);
        }
      },
    ),
  );
});

test('a million addresses do not fill the memory', () => {
  const buckets = createTokenBuckets(() => 0);
  const once = { perSecond: 1, burst: 1 };
  for (let i = 0; i < keysMax; i += 1) buckets.take(`address ${i}`, once);
  assert.ok(buckets.take('address 0', once) > 0, 'remembered');
  for (let i = 0; i < keysMax; i += 1) buckets.take(`another ${i}`, once);
  assert.equal(buckets.take('address 0', once), 0, 'forgotten');
});

test('addresses and blocks are allowed and denied, IPv4 and IPv6', () => {
  const permits = createAddressRules({
    allow: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'],
    deny: ['10.6.6.0/24'],
  });
  const verdicts = {
    '10.1.2.3': true,
    '10.6.6.6': false,
    '::ffff:10.6.6.6': false,
    '::ffff:10.1.2.3': true,
    '192.0.2.7': true,
    '192.0.2.8': false,
    '2001:db8::1': true,
    '2001:db9::1': false,
    'not an address': false,
  };
  for (const [address, verdict] of Object.entries(verdicts)) {
    assert.equal(permits(address), verdict, address);
  }
  assert.equal(createAddressRules({ allow: [], deny: [] })(undefined), true);
});

test('a forwarded address is believed from trusted proxies only', () => {
  const addressBy = (trusted: readonly string[]) => {
    const app = express();
    app.set('trust proxy', [...trusted]);
    const made = Object.create(app.request);
    made.headers = { 'x-forwarded-for': '203.0.113.9, 10.0.0.2' };
    made.socket = { remoteAddress: '10.0.0.1' };
    return made.ip;
  };
  assert.equal(addressBy([]), '10.0.0.1');
  assert.equal(addressBy(['10.0.0.0/24']), '203.0.113.9');
});
