import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { prometheusClient } from '@sprout/query';
import { startPrometheus } from '../testing/prometheus-process.ts';
import type { TestPrometheus, WrittenSeries } from '../testing/prometheus-process.ts';
import { testConfig } from '../testing/test-config.ts';
import type { TestConfig } from '../testing/test-config.ts';
import { exampleTrace } from './example-trace.ts';

const nowMs = Date.now();
let prometheus: TestPrometheus;
let test: TestConfig;

before(async () => {
  [prometheus, test] = [await startPrometheus(), testConfig()];
});

after(async () => {
  await prometheus.stop();
  test.dispose();
});

function bucket(
  outcome: string,
  traceId: string,
  value: number,
  secondsAgo: number,
): WrittenSeries {
  const timestampMs = nowMs - secondsAgo * 1000;
  return {
    labels: {
      __name__: 'shop_request_duration_seconds_bucket',
      outcome,
      le: '+Inf',
      part: traceId,
    },
    samples: [{ timestampMs, value: 1 }],
    exemplars: [{ labels: [['trace_id', traceId]], value, timestampMs }],
  };
}

const exampleNow = () => {
  const client = prometheusClient({ address: () => prometheus.url });
  const latency = test.config.objectives.find(({ id }) => id === 'shop-latency');
  assert.ok(latency);
  return exampleTrace(client, latency, { fromMs: nowMs - 3_600_000, toMs: nowMs });
};

it('a fast good answer is no example of a bad event', async () => {
  await prometheus.write([bucket('ok', 'fast', 0.3, 5)]);
  assert.equal(await exampleNow(), undefined);
});

it('a slow answer is one, and a newer failure that came at once is no better one', async () => {
  await prometheus.write([bucket('failed', 'turned-away', 0.1, 60)]);
  assert.equal(await exampleNow(), 'turned-away');
  await prometheus.write([bucket('ok', 'slow', 2.7, 40)]);
  assert.equal(await exampleNow(), 'slow');
  await prometheus.write([bucket('failed', 'turned-away-later', 0.1, 30)]);
  assert.equal(await exampleNow(), 'slow');
});

it('of equally slow ones the newest is taken', async () => {
  await prometheus.write([bucket('failed', 'timed-out', 5, 25)]);
  await prometheus.write([bucket('failed', 'timed-out-later', 5, 20)]);
  assert.equal(await exampleNow(), 'timed-out-later');
});
