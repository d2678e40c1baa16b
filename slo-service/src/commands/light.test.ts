import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';

test('help loads no library: what a command does is loaded when it runs', async () => {
  const loaded: string[] = [];
  registerHooks({
    load: (url, context, nextLoad) => {
      loaded.push(url);
      return nextLoad(url, context);
    },
  });
  const { sloCommands } = await import('../commands.ts');
  assert.ok(loaded.length > sloCommands.length / 2, `${loaded.length} modules`);
  assert.deepEqual(
    loaded.filter((url) => url.includes('/node_modules/')),
    [],
  );
});
