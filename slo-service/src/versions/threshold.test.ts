import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { latency, objective, rolling } from '@sprout/objectives';
import { budgetSchema } from '../api/schemas.ts';
import { explanationSchema } from '../explain/explanation.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { shopDuration } from '../testing/test-config.ts';
import { versionListSchema } from './version.ts';

const endMs = Math.floor(Date.now() / 60_000) * 60_000;
const until = new Date(endMs - 15 * 60_000).toISOString();
let service: RunningService;

before(async () => {
  // Ten requests a scrape; three take longer than 500 ms, one of them longer than 2 s.
  const series = shopSeries({
    untilMs: endMs - 8000,
    minutes: 40,
    ok: () => 10,
    failed: () => 0,
    slow: () => 1,
  });
  const fast = series.find(({ labels }) => labels['le'] === '2');
  assert.ok(fast);
  const faster = {
    labels: { ...fast.labels, le: '0.5' },
    samples: fast.samples.map((sample, index) => ({ ...sample, value: (index + 1) * 7 })),
  };
  const promise = objective('in-time', {
    owner: 'shop',
    target: 0.9,
    window: rolling('2h'),
    alerts: false,
    sli: latency(shopDuration.where({ outcome: 'ok' }), { withinMs: 2000 }),
    before: [{ until, withinMs: 500 }],
  });
  service = await runningService([...series, faster], {
    signals: [shopDuration],
    objectives: [promise],
  });
});

after(() => service.stop());

it('a declared former threshold judges the past that is read, and a budget names both', async () => {
  const versions = await ask('/versions', versionListSchema);
  assert.deepEqual(
    versions.items.map(({ thresholdSeconds, from }) => [thresholdSeconds, from]),
    [
      [0.5, null],
      [2, until],
    ],
  );
  const to = new Date(endMs).toISOString();
  const { promised } = await ask(`/budget?window=1h&at=${to}`, budgetSchema);
  assert.deepEqual(
    promised?.map(({ thresholdSeconds, bad, valid }) => [thresholdSeconds, bad / valid]),
    [
      [0.5, 0.3],
      [2, 0.1],
    ],
  );
});

it('what is compared with PromQL is counted by the same threshold', async () => {
  const at = new Date(Date.parse(until) - 120_000).toISOString();
  const { ledger, queries, causes } = await ask(`/explain?window=10m&at=${at}`, explanationSchema);
  assert.equal(ledger.bad / ledger.valid, 0.3);
  assert.ok(queries.some((query) => query.includes('le="0.5"')));
  assert.equal(
    causes.find(({ cause }) => cause === 'late'),
    undefined,
  );
});

async function ask<T>(path: string, schema: { parse(json: unknown): T }): Promise<T> {
  const response = await fetch(`${service.url}/api/v1/objectives/in-time${path}`);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return schema.parse(JSON.parse(text));
}
