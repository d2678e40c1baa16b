import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'node:test';
import { saveConfig } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { objectiveListSchema } from './api/schemas.ts';
import { startPrometheus } from './testing/prometheus-process.ts';
import { startServiceProcess } from './testing/service-process.ts';
import { testConfig } from './testing/test-config.ts';

it('SIGHUP brings a new promise at the same address, and nobody who asks meanwhile is refused', async (t) => {
  const prometheus = await startPrometheus();
  t.after(prometheus.stop);
  const test = testConfig({ telemetry: { prometheus: { url: prometheus.url } } });
  t.after(test.dispose);
  const service = await startServiceProcess(test);
  t.after(() => service.end('SIGKILL'));
  const statuses = new Set<number>();
  const list = async () => {
    const response = await fetch(`${service.url}/api/v1/objectives`);
    statuses.add(response.status);
    return objectiveListSchema.parse(await response.json()).items.map(({ id }) => id);
  };
  const before = await list();
  const [first] = test.config.objectives;
  assert.ok(first);
  const objectives = [...test.config.objectives, { ...first, id: 'shop-again' }];
  saveConfig({ ...test.config, objectives }, test.path);
  process.kill(service.pid, 'SIGHUP');
  await eventually('the promise is there', async () =>
    (await list()).length > before.length ? true : undefined,
  );
  assert.deepEqual(await list(), [...before, 'shop-again']);

  // A configuration that asks for another place leaves everything as it is.
  saveConfig({ ...test.config, dataDir: `${test.config.dataDir}/elsewhere` }, test.path);
  process.kill(service.pid, 'SIGHUP');
  await sleep(300);
  assert.equal((await list()).length, before.length + 1);
  assert.deepEqual([...statuses], [200]);
});
