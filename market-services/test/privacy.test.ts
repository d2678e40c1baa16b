import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { eventually } from '@sprout/process/testing';
import { z } from 'zod';
import { openBrowser } from './browser.ts';
import { call, startTestMarket } from './market.ts';
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

/** As where the servers are somebody else's. */
const given = {
  SPROUT_SECRET_MYSQL: 'mysql-from-the-environment',
  SPROUT_SECRET_OIDC_LOAD: 'load-from-the-environment',
};

let market: TestMarket;
before(async () => {
  Object.assign(process.env, given);
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
  market = await startTestMarket({}, { otlp: { url }, logs: { url }, zipkin: { url } });
});
after(async () => {
  await market.stop();
  for (const name of Object.keys(given)) delete process.env[name];
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
  await assertNowhere(forbidden);
  assert.ok(text(logs()).includes(subject), 'who it was is told by an id that says nothing');
});

test('an account that is made, changed or refused leaves no personal data anywhere', async () => {
  const accounts = `${market.url('account')}/accounts`;
  const emails = {
    first: 'marker-one@market.example',
    second: 'marker-two@market.example',
    changed: 'marker-three@market.example',
    malformed: 'marker-four@@market.example',
    cut: 'marker-five@market.example',
  };
  const name = 'Marker Person';
  const post = (email: string) => call(accounts, { method: 'POST', json: { email, name } });
  const made = await post(emails.first);
  assert.equal(made.status, 201);
  const account = `${accounts}/${z.object({ id: z.string() }).parse(made.body).id}`;
  const patch = (email: string) => call(account, { method: 'PATCH', json: { email } });
  assert.equal((await post(emails.second)).status, 201);
  assert.equal((await post(emails.second)).status, 409);
  assert.equal((await patch(emails.changed)).status, 200);
  assert.equal((await patch(emails.second)).status, 409);
  assert.equal((await patch(emails.malformed)).status, 400);
  await market.stack.kill('mariadb', 'SIGSTOP');
  const cut = await post(emails.cut).finally(() => market.stack.kill('mariadb', 'SIGCONT'));
  assert.ok(cut.status >= 500, String(cut.status));
  await eventually('what failed has been sent', () => text(received).includes('request failed'));
  await assertNowhere({ ...emails, name });
});

test('a process finds the secrets in its environment that it reads, and no other', () => {
  const readers = new Map([
    ['account', [given.SPROUT_SECRET_MYSQL]],
    ['identity', [given.SPROUT_SECRET_OIDC_LOAD]],
    ['discovery', []],
    ['mariadb', []],
    ['redis', []],
  ]);
  for (const { name, pid } of market.stack.status()) {
    const wanted = readers.get(name);
    if (wanted === undefined) continue;
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    const found = Object.values(given).filter((value) => environment.includes(value));
    assert.deepEqual(found, wanted, name);
    readers.delete(name);
  }
  assert.equal(readers.size, 0);
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
  const logNames = readdirSync(join(dataDir, 'logs'));
  assert.ok(logNames.length >= market.stack.status().length, 'every process has a log');
  for (const file of [...logNames.map((name) => join('logs', name)), 'config.json']) {
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

const services = ['gateway', 'identity', 'account', 'order', 'product', 'batch-order', 'discovery'];

/** None of the values stands in what any service logged, measured, sent, or was configured with. */
async function assertNowhere(forbidden: Readonly<Record<string, string>>): Promise<void> {
  const metrics = await Promise.all(
    services.map(async (name) =>
      Buffer.from(await (await fetch(`${market.url(name)}/metrics`)).text()),
    ),
  );
  const config = readFileSync(join(market.config.dataDir, 'config.json'));
  const places = { logs: logs(), metrics, sent: received, config: [config] };
  for (const [what, value] of Object.entries(forbidden)) {
    assert.ok(value.length > 5, what);
    for (const [where, bytes] of Object.entries(places)) {
      assert.ok(!text(bytes).includes(value), `${what} stands in ${where}`);
    }
  }
}

const logs = (): Buffer[] => {
  const directory = join(market.config.dataDir, 'logs');
  return readdirSync(directory).map((name) => readFileSync(join(directory, name)));
};

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
