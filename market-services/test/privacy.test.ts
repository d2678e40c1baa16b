import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { eventually } from '@sprout/process/testing';
import { openBrowser } from './browser.ts';
import { startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';
import { logIn, personOf } from './people.ts';

/** Receives what the services send as traces and logs. */
const received: Buffer[] = [];
const sink = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    received.push(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
    response.end('{}');
  });
});

let market: TestMarket;
before(async () => {
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
  market = await startTestMarket({}, { otlp: { url }, logs: { url }, zipkin: { url } });
});
after(async () => {
  await market.stop();
  sink.closeAllConnections();
  sink.close();
});

test('a login leaves neither token, password nor personal data in logs, traces or metrics', async () => {
  const gateway = market.url('gateway');
  const browser = openBrowser();
  const { email, password, subject } = personOf(market, 'customer');
  const form = await browser.follow(await browser.visit(`${gateway}/login`));
  const signedIn = await browser.visit(form.url, { email, password });
  const { location: callback = '' } = await browser.visit(signedIn.location ?? '');
  const code = new URL(callback).searchParams.get('code') ?? assert.fail();
  await browser.follow(await browser.visit(callback));
  const cookie = browser.cookie(gateway, 'SESSION') ?? assert.fail();
  await fetch(`${gateway}/account/accounts/${subject}`, {
    headers: { cookie: `SESSION=${cookie}`, 'x-email': email },
  });
  const out = await browser.visit(`${gateway}/logout`, {});
  const idToken = new URL(out.location ?? '').searchParams.get('id_token_hint') ?? assert.fail();
  const other = openBrowser();
  await logIn(market, other, 'operator');
  const token = market.authorization()?.split(' ')[1] ?? assert.fail();
  const forbidden = {
    email,
    password,
    code,
    idToken,
    token,
    name: 'Customer 001',
    secret: cookie.split('.')[1] ?? '',
  };
  // The last login is told by its own line, so everything before it has been sent too.
  await eventually('the traces and logs have arrived', () => {
    const all = text(received);
    return all.includes('/login/callback') && all.includes('"message\\":\\"login');
  });
  const logs = readdirSync(join(market.config.dataDir, 'logs')).map((name) =>
    readFileSync(join(market.config.dataDir, 'logs', name)),
  );
  const metrics = await Promise.all(
    ['gateway', 'identity', 'account', 'discovery'].map(async (name) =>
      Buffer.from(await (await fetch(`${market.url(name)}/metrics`)).text()),
    ),
  );
  const config = readFileSync(join(market.config.dataDir, 'config.json'));
  for (const [what, value] of Object.entries(forbidden)) {
    assert.ok(value.length > 5, what);
    for (const [where, bytes] of Object.entries({
      logs,
      metrics,
      sent: received,
      config: [config],
    })) {
      assert.ok(!text(bytes).includes(value), `${what} stands in ${where}`);
    }
  }
  assert.ok(text(logs).includes(subject), 'who it was is told by an id that says nothing');
});

test('no secret stands on a command line', () => {
  const secrets = readdirSync(join(market.config.dataDir, 'secrets')).map((name) =>
    readFileSync(join(market.config.dataDir, 'secrets', name), 'utf8').trim(),
  );
  for (const { pid, name } of market.stack.status()) {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    for (const secret of secrets) assert.ok(!line.includes(secret), name);
  }
  assert.ok(secrets.length >= 5);
});

function text(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('latin1');
}
