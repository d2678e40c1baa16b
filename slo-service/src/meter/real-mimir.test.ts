import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createLifecycle, createLogger } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { budgetSchema } from '../api/schemas.ts';
import { startSloService } from '../start-service.ts';
import { startMimir } from '../testing/mimir-process.ts';
import type { TestMimir } from '../testing/mimir-process.ts';
import { startPrometheus } from '../testing/prometheus-process.ts';
import type { TestPrometheus, WrittenSeries } from '../testing/prometheus-process.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { testConfig } from '../testing/test-config.ts';

// A Mimir takes minutes to build and both cores to start, so it is asked for.
const binary = process.env['SPROUT_MIMIR'] ?? '';
const skip = binary === '' && 'SPROUT_MIMIR=/path/to/mimir npm run mimir -w slo-service runs it';

const minutes = 30;
const instances = 20;
/** Below what all objectives together have, above what one of them has. */
const seriesPerQueryMax = 90;
const untilMs = Math.floor(Date.now() / 60_000) * 60_000;
const readySchema = z.object({ meter: z.object({ lastRead: z.string().nullable() }) });
const rulesSchema = z.object({ groups: z.array(z.looseObject({ name: z.string() })) });

describe('a real Mimir as the source', { skip }, () => {
  let prometheus: TestPrometheus;
  let mimir: TestMimir;
  const series = shop();
  before(async () => {
    prometheus = await startPrometheus();
    mimir = await startMimir(binary, {
      pair: { accept_ha_samples: true },
      small: { max_fetched_series_per_query: seriesPerQueryMax },
    });
    await prometheus.write(series);
    for (const tenant of ['shop', 'small']) await mimir.write(tenant, series);
    for (const replica of ['a', 'b']) {
      const pair = series.map((one) => replicaOf(one, replica));
      await mimir.write('pair', pair);
      await mimir.write('joined', pair);
    }
  });
  after(async () => {
    await mimir.stop();
    await prometheus.stop();
  });

  it('budgets are those of a Prometheus with the same samples, to the last digit', async () => {
    const expected = await budgetsFrom({ url: prometheus.url });
    assert.equal(expected[0]?.valid, instances * (minutes - 1) * 4 * 10);
    for (const tenant of ['shop', 'pair', 'joined', 'small']) {
      assert.deepEqual(await budgetsFrom({ url: mimir.url, tenant }), expected, tenant);
    }
  });

  it('a query over the limit is refused as the meter expects it', async () => {
    const query = encodeURIComponent('{service="shop"}');
    const answer = await fetch(`${mimir.url}/api/v1/query?query=${query}`, {
      headers: { 'x-scope-orgid': 'small' },
    });
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), /exceed|limit/);
  });

  it('its ruler takes the rules that are generated', async () => {
    const file = join(import.meta.dirname, '../../../alerts/_generated/rules.yml');
    const { groups } = rulesSchema.parse(parse(readFileSync(file, 'utf8')));
    assert.ok(groups.length > 5);
    for (const group of groups) {
      const answer = await fetch(`${mimir.url}/config/v1/rules/sprout`, {
        method: 'POST',
        headers: { 'x-scope-orgid': 'shop', 'content-type': 'application/yaml' },
        body: stringify(group),
      });
      assert.equal(answer.status, 202, `${group.name}: ${await answer.text()}`);
    }
  });
});

/** Twenty instances; nine of ten requests are good. */
function shop(): WrittenSeries[] {
  return Array.from({ length: instances }, (_, index) =>
    shopSeries({ untilMs, minutes, ok: () => 9, failed: () => 1 }).map(({ labels, ...rest }) => ({
      ...rest,
      labels: { ...labels, instance: `shop:${index}` },
    })),
  ).flat();
}

const replicaOf = ({ labels, ...rest }: WrittenSeries, replica: string): WrittenSeries => ({
  ...rest,
  labels: { ...labels, cluster: 'one', __replica__: replica },
});

/** What a service that reads from there says of the last half hour. */
async function budgetsFrom(source: { readonly url: string; readonly tenant?: string }) {
  const test = testConfig({ telemetry: { prometheus: source } });
  const logger = createLogger('slo-service');
  logger.silent = true;
  const lifecycle = createLifecycle(logger);
  try {
    const { url } = await startSloService(test.config, logger, lifecycle, () => untilMs + 90_000);
    await eventually('it has read', async () => {
      const ready = await (await fetch(`${url}/readyz`)).json();
      return readySchema.parse(ready).meter.lastRead !== null;
    });
    const at = new Date(untilMs).toISOString();
    const asked = ['shop-availability', 'shop-latency'].map(async (id) => {
      const query = `window=29m&at=${encodeURIComponent(at)}`;
      const answer = await fetch(`${url}/api/v1/objectives/${id}/budget?${query}`);
      const { valid, bad, coverage } = budgetSchema.parse(await answer.json());
      return { id, valid, bad, coverage };
    });
    return await Promise.all(asked);
  } finally {
    await lifecycle.stop();
    test.dispose();
  }
}
