import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { whatIfSchema } from '../status/what-if.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { budgetSchema, objectiveListSchema } from './schemas.ts';
import type { ObjectiveStatus } from './schemas.ts';

/** Everything that happened lies before it, and nothing changes any more. */
const fixedAt = new Date().toISOString();
let service: RunningService;

before(async () => {
  const untilMs = Math.floor(Date.parse(fixedAt) / 1000) * 1000;
  const failed = (scrape: number) => (scrape < 120 ? 0 : 2);
  service = await runningService(shopSeries({ untilMs, minutes: 40, ok: () => 98, failed }));
  const when = { kind: 'once', from: ago(20), to: ago(15) };
  const body = JSON.stringify({ when, reason: 'a move', by: 'ana', objectives: ['shop-latency'] });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${service.url}/api/v1/exclusions`, {
    method: 'POST',
    headers,
    body,
  });
  assert.equal(response.status, 201, await response.text());
});

after(() => service.stop());

const ago = (minutes: number) => new Date(Date.parse(fixedAt) - minutes * 60_000).toISOString();

async function json(path: string): Promise<unknown> {
  const response = await fetch(service.url + path);
  assert.equal(response.status, 200, path);
  return response.json();
}

it('gauges say what the API says of each objective, to the last digit', async () => {
  // A reading may fall between the two answers, hardly between many.
  for (let attempt = 0; attempt < 10; attempt++) {
    const before = objectiveListSchema.parse(await json('/api/v1/objectives'));
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const after = objectiveListSchema.parse(await json('/api/v1/objectives'));
    if (!isDeepStrictEqual(before, after)) continue;
    const exposed = text
      .split('\n')
      .filter((line) => /^slo_\w+\{objective=/.test(line) && !line.startsWith('slo_group_'));
    assert.deepEqual(exposed.toSorted(), before.items.flatMap(gaugesOf).toSorted());
    return;
  }
  assert.fail('the figures never held still');
});

/** The lines of an objective; what is not known has none. */
function gaugesOf({ id, target, budget, burnRates, secondsToExhaustion }: ObjectiveStatus) {
  const figures: readonly (readonly [string, number | null, string?])[] = [
    ['slo_target_ratio', target],
    ['slo_compliance_ratio', budget.compliance],
    ['slo_budget_left_ratio', budget.adjusted?.leftFraction ?? budget.leftFraction],
    ['slo_budget_left_raw_ratio', budget.leftFraction],
    ['slo_coverage_ratio', budget.coverage],
    ['slo_budget_exhaustion_seconds', secondsToExhaustion],
    ...burnRates.map(
      ({ window, burnRate }) => ['slo_burn_rate', burnRate, `,window="${window}"`] as const,
    ),
  ];
  return figures
    .filter(([, value]) => value !== null)
    .map(([name, value, more = '']) => `${name}{objective="${id}"${more}} ${value}`);
}

describe('what-if', () => {
  const path = '/api/v1/objectives/shop-availability';
  const tried = async (query: string) => whatIfSchema.parse(await json(`${path}/what-if?${query}`));
  const budgetOf = async (query: string) =>
    budgetSchema.parse(await json(`${path}/budget?${query}`));

  it('of another window is the budget over that window', async () => {
    for (const window of ['1h', '7d', '1y', 'day@Asia/Seoul', 'quarter@America/New_York']) {
      const query = `window=${window}&at=${fixedAt}`;
      const { asked, declared } = await tried(query);
      assert.deepEqual([asked.window, asked.target], [window, 0.99]);
      assert.deepEqual(asked.budget, await budgetOf(query), window);
      assert.deepEqual(declared.budget, await budgetOf(`at=${fixedAt}`));
    }
  });

  it('of another target judges the same events by it, over any window', async () => {
    for (const window of ['30d', '1h', 'year@UTC']) {
      const query = `window=${window}&at=${fixedAt}`;
      const { bad, valid, from } = await budgetOf(query);
      const { asked } = await tried(`target=0.95&${query}`);
      const { budget } = asked;
      assert.deepEqual([budget.bad, budget.valid, budget.from], [bad, valid, from], window);
      assert.ok(Math.abs(budget.allowed - 0.05 * valid) < 1e-9 * valid);
      assert.ok(Math.abs((budget.leftFraction ?? 0) - (1 - bad / (0.05 * valid))) < 1e-9);
      assert.equal(asked.kept, bad <= 0.05 * valid);
    }
    assert.equal((await tried(`target=0.9999&at=${fixedAt}`)).asked.kept, false);
  });
});
