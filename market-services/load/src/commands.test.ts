import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCommands } from './commands.ts';

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
