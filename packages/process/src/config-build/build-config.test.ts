import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { availability, objective, rolling } from '@sprout/objectives';
import { exportOpenSlo } from '@sprout/objectives/openslo';
import { counter, rateBy } from '@sprout/signals';
import { writeDeclarations } from '../declarations/declaration-files.ts';
import { loadConfig } from '../config.ts';
import { SproutError } from '../error.ts';
import { buildConfig, declaredConfig } from './build-config.ts';
import { placeOf } from './place.ts';

const requests = counter('checkout_requests_total', {
  help: 'Requests.',
  owner: 'shop',
  labels: { outcome: ['ok', 'failed'] },
  panel: rateBy('outcome'),
  noAlert: 'a test',
});
const promise = objective('checkout', {
  owner: 'shop',
  target: 0.99,
  window: rolling('30d'),
  sli: availability(requests.where({}), { bad: requests.where({ outcome: 'failed' }) }),
});

/** Beside this test, where the packages that a configuration imports are found. */
function configFile(t: TestContext, text: string): string {
  const directory = mkdtempSync(join(import.meta.dirname, 'test-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'sprout.config.ts');
  writeFileSync(file, text);
  return file;
}

test('a configuration is evaluated and written where its data lives', async (t) => {
  const file = configFile(t, 'export default { services: [], signals: [], objectives: [] };');
  const { config, path } = await buildConfig(file);
  assert.equal(path, join(config.dataDir, 'config.json'));
  assert.deepEqual(loadConfig(path), config);
  assert.deepEqual((await buildConfig(path)).config, config);
});

test('objectives that were imported are declared too, and must be right', async (t) => {
  const file = configFile(
    t,
    `export default { dataDir: 'data', signals: [${JSON.stringify(requests)}], objectives: [],
      services: [{ name: 'shop', endpoint: { url: 'http://127.0.0.1:9' } }] };`,
  );
  const dataDir = join(dirname(file), 'data');
  writeDeclarations(dataDir, { name: 'checkout', text: exportOpenSlo([promise]).documents });
  const { config } = await buildConfig(file);
  assert.deepEqual(
    config.objectives.map(({ id, target }) => [id, target]),
    [['checkout', 0.99]],
  );
  const compiled = readFileSync(join(dataDir, 'config.json'), 'utf8');
  assert.deepEqual((await declaredConfig(file)).objectives, [], 'imports are not checked in');
  assert.equal(readFileSync(join(dataDir, 'config.json'), 'utf8'), compiled, 'nothing is written');
  writeDeclarations(dataDir, { name: 'wrong', text: 'kind: SLO' });
  await assert.rejects(buildConfig(file), { code: 'CONFIG_INVALID', message: /wrong\.yaml:1: / });
});

test('every problem comes with its place in the file', async (t) => {
  const file = configFile(
    t,
    `export default {
  timeScale: 0,
  ports: { account: 1, gateway: 70000 },
  services: [], signals: [], objectives: [],
};
`,
  );
  await assert.rejects(buildConfig(file), (error) => {
    assert.ok(error instanceof SproutError && error.code === 'CONFIG_INVALID');
    const lines = error.message.split('\n');
    assert.equal(lines.length, 2);
    assert.ok(lines[0]?.startsWith(`${file}:2:3 timeScale: `), lines[0]);
    assert.ok(lines[1]?.startsWith(`${file}:3:24 ports.gateway: `), lines[1]);
    return true;
  });
});

test('what is wrong with promises is told at the place where each was declared', async (t) => {
  const file = configFile(
    t,
    `import { latency, objective, rolling } from '@sprout/objectives';
import { histogram, noPanel } from '@sprout/signals';

const duration = histogram('duration_seconds', {
  help: 'A test.', owner: 'shop', unit: 'seconds', buckets: [0.5, 2], panel: noPanel(), noAlert: 'a test',
});
const sli = latency(duration.where({}), { withinMs: 700 });
export default {
  services: [{ name: 'shop', endpoint: { url: 'http://127.0.0.1:1' } }],
  signals: [duration],
  objectives: [
    objective('slow', { owner: 'shop', target: 0.99, window: rolling('30d'), sli }),
    objective('loose', { owner: 'shop', target: 2, window: rolling('30d'), alerts: false, sli }),
  ],
};
`,
  );
  await assert.rejects(buildConfig(file), (error) => {
    assert.ok(error instanceof SproutError && error.code === 'CONFIG_INVALID');
    const [target, ...buckets] = error.message.split('\n');
    assert.ok(target?.startsWith(`${file}:13:5 objectives.loose.target: `), target);
    assert.deepEqual(
      buckets.map((line) => line.split(': ')[0]),
      [`${file}:7:13 objectives.slow.sli.good`, `${file}:7:13 objectives.loose.sli.good`],
    );
    assert.match(error.message, /its buckets are 0\.5, 2/);
    return true;
  });
});

for (const [what, text, says] of [
  ['a syntax error', 'export default {', /sprout\.config\.ts/],
  ['an error of its own', 'throw new Error("no luck");', /no luck[^]*sprout\.config\.ts:1/],
  ['no default export', 'export const a = 1;', /nothing is exported by default/],
] as const) {
  test(`${what} in a configuration is told with its file`, async (t) => {
    const file = configFile(t, text);
    await assert.rejects(buildConfig(file), { code: 'CONFIG_INVALID', message: says });
  });
}

test('a problem whose key was never written has no place', () => {
  assert.equal(placeOf('telemetry.otlp: Required', 'export default {}'), undefined);
  assert.deepEqual(placeOf('services.0.name: wrong', 'x = { services,\n  name: 1 }'), {
    line: 2,
    column: 3,
  });
});
