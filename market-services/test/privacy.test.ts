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

test('no generated secret stands on any command line, in a log, a run file or the configuration', () => {
  const { dataDir } = market.config;
  const secrets = generatedSecrets(join(dataDir, 'secrets'));
  assert.ok(secrets.size >= 10, [...secrets.keys()].join());
  const places = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    places.set(`the command line of ${pid}`, readIfThere(`/proc/${pid}/cmdline`));
  }
  for (const { pid, name } of market.stack.status()) {
    assert.notEqual(places.get(`the command line of ${pid}`) ?? '', '', name);
  }
  const logs = readdirSync(join(dataDir, 'logs'));
  assert.ok(logs.length >= market.stack.status().length, 'every process has a log');
  for (const file of [...logs.map((name) => join('logs', name)), 'config.json']) {
    places.set(file, readFileSync(join(dataDir, file), 'latin1'));
  }
  for (const name of readdirSync(join(dataDir, 'run'))) {
    places.set(name, readIfThere(join(dataDir, 'run', name)));
  }
  for (const [name, secret] of secrets) {
    for (const [place, content] of places) {
      assert.ok(!content.includes(secret), `${name} stands in ${place}`);
    }
  }
});

/** What was generated, by file; of JSON the fields that are secret. */
function generatedSecrets(directory: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(directory)) {
    const content = readFileSync(join(directory, name), 'utf8').trim();
    if (!name.endsWith('.json')) found.set(name, content);
    for (const [, field, value = ''] of content.matchAll(/"(password|d)": ?"([^"]+)"/g)) {
      found.set(`${field} ${value.slice(0, 3)}… of ${name}`, value);
    }
  }
  return found;
}

/** A process may end while the list of all is read. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function text(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('latin1');
}
