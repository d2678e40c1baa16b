import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { timing } from '@sprout/process';
import { budgetSchema, objectiveStatusSchema } from './api/schemas.ts';
import type { BudgetAnswer } from './api/schemas.ts';
import { startPrometheus } from './testing/prometheus-process.ts';
import type { TestPrometheus } from './testing/prometheus-process.ts';
import { startServiceProcess } from './testing/service-process.ts';
import { testConfig } from './testing/test-config.ts';

const timeScale = 120;
const { scrapeIntervalMs, minuteMs } = timing(timeScale);
const killsMax = 8;

it('a service killed while it meters loses and doubles no event', async () => {
  const prometheus = await startPrometheus();
  const test = testConfig({ timeScale, telemetry: { prometheus: { url: prometheus.url } } });
  const feeding = feed(prometheus);
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
    const budget = await eventually(
      () => answer(service.url),
      ({ valid }) => valid === written.valid,
    );
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

/** Writes scrapes of a target at the compressed cadence, first a past of some minutes. */
function feed(prometheus: TestPrometheus) {
  const startedMs = Date.now() - 20 * minuteMs;
  const counters = { ok: 0, failed: 0 };
  let atMs = startedMs;
  const ending = new AbortController();
  const scrapesUntil = (untilMs: number) => {
    const rounds: number[] = [];
    for (; atMs <= untilMs; atMs += scrapeIntervalMs) rounds.push(atMs);
    return rounds;
  };
  const writeRound = async (timestampMs: number) => {
    counters.ok += 90 + (timestampMs % 7);
    counters.failed += timestampMs % 3;
    const one = (name: string, value: number, labels = {}) => ({
      labels: { __name__: name, job: 'shop', service: 'shop', instance: 'shop:1', ...labels },
      samples: [{ timestampMs, value }],
    });
    await prometheus.write([
      one('up', 1),
      one('process_start_time_seconds', startedMs / 1000),
      one('shop_requests_total', counters.ok, { outcome: 'ok' }),
      one('shop_requests_total', counters.failed, { outcome: 'failed' }),
    ]);
  };
  const loop = (async () => {
    while (!ending.signal.aborted) {
      for (const timestampMs of scrapesUntil(Date.now())) await writeRound(timestampMs);
      await sleep(scrapeIntervalMs / 2);
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await loop;
      return { valid: counters.ok + counters.failed, bad: counters.failed };
    },
  };
}

async function answer(url: string): Promise<BudgetAnswer> {
  const path = `${url}/api/v1/objectives/shop-availability`;
  const response = await fetch(`${path}/budget`);
  objectiveStatusSchema.parse(await (await fetch(path)).json());
  return budgetSchema.parse(await response.json());
}

async function eventually<T>(ask: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await ask();
    if (isRight(value) || Date.now() > deadline) return value;
    await sleep(100);
  }
}
