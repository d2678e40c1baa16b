import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@sprout/process/testing';
import { timing } from '@sprout/process';
import { budgetSchema, objectiveStatusSchema } from './api/schemas.ts';
import type { BudgetAnswer } from './api/schemas.ts';
import { liveShop } from './testing/live-shop.ts';
import { startPrometheus } from './testing/prometheus-process.ts';
import { startServiceProcess } from './testing/service-process.ts';
import { testConfig } from './testing/test-config.ts';

const timeScale = 120;
const { minuteMs } = timing(timeScale);
const killsMax = 8;

it('a service killed while it meters loses and doubles no event', async () => {
  const prometheus = await startPrometheus();
  const test = testConfig({ timeScale, telemetry: { prometheus: { url: prometheus.url } } });
  const feeding = liveShop(prometheus, timeScale);
  let service = await startServiceProcess(test);
  try {
    for (let kill = 0; kill < killsMax; kill++) {
      // Any moment will do, as long as they differ.
      await sleep(300 + kill * 110);
      await service.end('SIGKILL');
      service = await startServiceProcess(test);
    }
    const written = await feeding.stop();
    // The last samples become final only after the out-of-order window.
    await eventually('all events are counted', async () => {
      const { valid } = await answer(service.url);
      return valid === written.valid || undefined;
    });
    const budget = await answer(service.url);
    assert.deepEqual({ valid: budget.valid, bad: budget.bad }, written);
    await sleep(16 * minuteMs);
    const final = await answer(service.url);
    assert.deepEqual({ valid: final.valid, bad: final.bad }, written);
    await service.end('SIGKILL');
    service = await startServiceProcess(test);
    const restarted = await answer(service.url);
    assert.deepEqual({ valid: restarted.valid, bad: restarted.bad }, written);
  } finally {
    await feeding.stop();
    await service.end('SIGTERM');
    await prometheus.stop();
    test.dispose();
  }
});

async function answer(url: string): Promise<BudgetAnswer> {
  const path = `${url}/api/v1/objectives/shop-availability`;
  const response = await fetch(`${path}/budget`);
  objectiveStatusSchema.parse(await (await fetch(path)).json());
  return budgetSchema.parse(await response.json());
}
