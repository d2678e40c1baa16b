import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { sprout } from '../../test/sprout.ts';
import { loadCommands } from './commands.ts';

/** A shop with one thing of each kind. */
const shop = createServer((_request, response) => response.end('{"items":[{"id":"1"}]}'));
before(() => new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve)));
after(() => {
  shop.closeAllConnections();
  shop.close();
});
const shopUrl = () => `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;

const progress = /^40 rps +(\d+) s +[\d.]+ rps  p50 [\d.]+ ms  p99 [\d.]+ ms  0 errors$/;
const secondsOf = (line = '') => Number(progress.exec(line)?.[1]);

/** What `sprout load` says to a line that it does not take. */
async function refusalOf(positionals: string[], values: Record<string, string>): Promise<string> {
  const load = loadCommands.find(({ name }) => name.join(' ') === 'load');
  assert.ok(load);
  const nothing = () => assert.fail('it went on');
  const context = { config: nothing, declared: nothing, print: nothing, warn: nothing };
  const all = { seed: '1', ...values };
  const error = await load.run({ ...context, positionals, values: all }).then(nothing, (e) => e);
  assert.equal(error.code, 'USAGE');
  return error.message;
}

test('an option that would be ignored is refused', async () => {
  assert.equal(await refusalOf([], { html: 'x.html' }), '--html needs a scenario');
  assert.equal(await refusalOf([], { speed: '60' }), '--speed needs a scenario');
  assert.equal(await refusalOf([], { lang: 'ko' }), '--lang needs a scenario');
  assert.equal(await refusalOf(['spike'], { rps: '9' }), '--rps is for a load without a scenario');
  assert.equal(await refusalOf(['spike'], { for: '9s' }), '--for is for a load without a scenario');
  assert.match(await refusalOf(['spike'], { speed: 'fast' }), /--speed must be a number above 0/);
});

test('a scenario tells how it goes on stderr, a line every ten seconds, and its result on stdout', async () => {
  const line = ['load', 'smoke-cached', '--speed', '600', '--url', shopUrl(), '--json'];
  const { code, stdout, stderr } = await sprout({ dataDir: import.meta.dirname }, ...line);
  assert.equal(code, 0, stderr);
  const [told, ...more] = stderr.trimEnd().split('\n');
  assert.ok(secondsOf(told) >= 10, told);
  assert.deepEqual(more, []);
  assert.ok(JSON.parse(stdout).total.requests > 400);
});

test('on a terminal one line follows the scenario, second by second', async (t) => {
  const written: string[] = [];
  const terminal = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
  Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
  t.after(() => Object.defineProperty(process.stderr, 'isTTY', terminal ?? { value: undefined }));
  t.mock.method(process.stderr, 'write', (text: string) => written.push(text) > 0);
  const load = loadCommands.find(({ name }) => name.join(' ') === 'load');
  const nothing = () => assert.fail('no configuration is needed');
  const code = await load?.run({
    positionals: ['smoke-cached'],
    values: { url: shopUrl(), speed: '2000', seed: '1' },
    config: nothing,
    declared: nothing,
    print: () => undefined,
    warn: (told) => assert.fail(told),
  });
  assert.equal(code, 0);
  const lines = written.map((text) => text.split('\r\u001B[K')[1] ?? '');
  assert.equal(lines.pop(), '', 'the result takes its place');
  const seconds = lines.map(secondsOf);
  assert.ok(seconds.length >= 2 && seconds[0] === 1, lines.join());
  assert.deepEqual(seconds, [...new Set(seconds)].toSorted());
});
