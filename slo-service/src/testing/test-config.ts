import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availability, latency, objective, rolling } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import { compileConfig, listener, saveConfig } from '@sprout/process';
import type { ConfigInput, SproutConfig } from '@sprout/process';
import { counter, histogram, noPanel, rateBy } from '@sprout/signals';

/** Requests of the shop, by outcome. */
export const shopRequests = counter('shop_requests_total', {
  help: 'Requests, by outcome.',
  owner: 'shop',
  labels: { outcome: ['ok', 'failed'] },
  panel: rateBy('outcome'),
  noAlert: 'a test',
});
/** Their durations. */
export const shopDuration = histogram('shop_request_duration_seconds', {
  help: 'Duration of requests.',
  owner: 'shop',
  unit: 'seconds',
  labels: { outcome: ['ok', 'failed'] },
  buckets: [0.5, 2],
  panel: noPanel(),
  noAlert: 'a test',
});

/** An availability, a latency and one whose signal nobody emits. */
export const testObjectives: readonly Objective[] = [
  objective('shop-availability', {
    title: '99 % of requests are answered',
    owner: 'shop',
    target: 0.99,
    window: rolling('30d'),
    pages: true,
    pageGroup: 'shop',
    sli: availability(shopRequests.where({}), { bad: shopRequests.where({ outcome: 'failed' }) }),
  }),
  objective('shop-latency', {
    owner: 'shop',
    target: 0.9,
    window: rolling('2h'),
    alerts: false,
    pageGroup: 'shop',
    sli: latency(shopDuration.where({ outcome: 'ok' }), {
      withinMs: 2000,
      valid: shopDuration.where({}).count(),
    }),
  }),
  objective('shop-ghost', {
    owner: 'shop',
    target: 0.99,
    window: rolling('7d'),
    sli: availability(shopDuration.where({ service: 'shop', job: 'ghost' }).count(), {
      bad: shopDuration.where({ job: 'ghost', outcome: 'failed' }).count(),
    }),
  }),
];

/** The same, the availability also by outcome. */
export const groupedObjectives: readonly Objective[] = testObjectives.map((one) =>
  one.id === 'shop-availability' ? { ...one, groupBy: ['outcome'] } : one,
);

/** A configuration in a directory of its own, written to `path`. */
export interface TestConfig {
  readonly config: SproutConfig;
  readonly path: string;
  dispose(): void;
}

/** Compiles a small configuration; every port is free, data lie in a temporary directory. */
export function testConfig(input: Partial<ConfigInput> = {}): TestConfig {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-slo-'));
  const config = compileConfig(
    {
      services: [{ name: 'shop', endpoint: listener('shop') }],
      signals: [shopRequests, shopDuration],
      objectives: testObjectives,
      dataDir,
      ports: { 'slo-service': 0 },
      ...input,
    },
    dataDir,
  );
  const path = join(dataDir, 'config.json');
  saveConfig(config, path);
  return { config, path, dispose: () => rmSync(dataDir, { recursive: true, force: true }) };
}
