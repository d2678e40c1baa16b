import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import type { WrittenSeries } from '../testing/prometheus-process.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import {
  budgetSchema,
  burnRateListSchema,
  configAnswerSchema,
  meteringCostSchema,
  objectiveListSchema,
  objectiveStatusSchema,
  seriesSchema,
  sourceListSchema,
} from './schemas.ts';

const minutes = 40;
let service: RunningService;

before(async () => {
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const series = shopSeries({
    untilMs,
    minutes,
    ok: () => 98,
    failed: (scrape) => (scrape >= (minutes - 10) * 4 ? 2 : 0),
    slow: () => 1,
  });
  service = await runningService([...series, ...series.slice(2, 3).map(unheardOf)]);
});

/** The same counter with an outcome that nobody declared and that never happens. */
function unheardOf({ labels, samples }: WrittenSeries): WrittenSeries {
  return {
    labels: { ...labels, outcome: 'unheard of' },
    samples: samples.map(({ timestampMs }) => ({ timestampMs, value: 0 })),
  };
}

after(() => service.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(service.url + path, { headers });

async function json(path: string): Promise<unknown> {
  const response = await get(path);
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

async function problem(path: string, status: number) {
  const response = await get(path);
  assert.equal(response.status, status);
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
  return problemSchema.parse(await response.json());
}

/** Every problem says what went wrong, under which code, and what to do. */
const problemSchema = z.object({
  title: z.string(),
  detail: z.string().optional(),
  status: z.number(),
  code: z.string(),
  hint: z.string(),
  errors: z.array(z.object({ field: z.string(), reason: z.string() })).default([]),
});

describe('objectives', () => {
  it('are listed with budgets that are exact', async () => {
    const { items } = objectiveListSchema.parse(await json('/api/v1/objectives'));
    assert.deepEqual(
      items.map(({ id }) => id),
      ['shop-availability', 'shop-latency', 'shop-ghost'],
    );
    const [availability, latency] = items;
    assert.equal(availability?.budget.valid, 98 * minutes * 4 + 2 * 40);
    assert.equal(availability?.budget.bad, 2 * 40);
    assert.equal(latency?.budget.bad, 1 * minutes * 4 + 2 * 40);
    assert.ok((availability?.budget.coverage ?? 0) > 0.97, 'all but a part of the first minute');
  });

  it('say how they stand', async () => {
    const path = '/api/v1/objectives/shop-availability';
    const status = objectiveStatusSchema.parse(await json(path));
    assert.equal(status.state, 'ok');
    assert.equal(status.cause, null);
    assert.equal(status.verdict, 'kept');
    assert.deepEqual(
      status.burnRates.map(({ window }) => window),
      ['5m', '30m', '1h', '2h', '6h', '1d', '3d'],
    );
    const fiveMinutes = status.burnRates[0];
    assert.ok(Math.abs((fiveMinutes?.burnRate ?? 0) - 2) < 1e-9, 'two of a hundred is twice 1 %');
    assert.ok((status.secondsToExhaustion ?? 0) > 0);
  });

  it('without series say what is wrong and what to do', async () => {
    const path = '/api/v1/objectives/shop-ghost';
    const status = objectiveStatusSchema.parse(await json(path));
    assert.equal(status.state, 'misconfigured');
    assert.equal(status.verdict, 'unknown');
    assert.match(status.cause ?? '', /no series matches .*job="ghost"/);
    assert.ok(status.fix);
  });

  it('that do not exist are a problem', async () => {
    const { code } = await problem('/api/v1/objectives/none', 404);
    assert.equal(code, 'OBJECTIVE_UNKNOWN');
    await problem('/api/v1/objectives/none/budget', 404);
    await problem('/api/v1/objectives/none/series', 404);
  });
});

describe('objectives of the past', () => {
  const at = new Date(Date.now() - 15 * 60_000).toISOString();
  const list = async (query: string) =>
    objectiveListSchema.parse(await json(`/api/v1/objectives?${query}`));

  it('are listed as each of them is told alone', async () => {
    const { items, asOf, next } = await list(`at=${at}&limit=2`);
    const alone = items.map(({ id }) => json(`/api/v1/objectives/${id}?at=${at}`));
    assert.deepEqual(items, await Promise.all(alone));
    assert.equal(items[0]?.budget.bad, 0);
    assert.ok(Date.parse(at) - Date.parse(asOf) < 60_000);
    const rest = await list(`at=${at}&limit=2&cursor=${next}`);
    assert.deepEqual([rest.items.length, rest.asOf], [1, asOf]);
  });

  it('are those of now when the time is to come, and refused when it is none', async () => {
    const [ahead, now] = [await list('at=2099-01-01T00:00:00Z'), await list('')];
    assert.deepEqual(ahead.items[0]?.budget.bad, now.items[0]?.budget.bad);
    const { code, errors } = await problem('/api/v1/objectives?at=yesterday', 400);
    assert.deepEqual([code, errors[0]?.field], ['QUERY_INVALID', 'at']);
  });
});

describe('budgets', () => {
  const path = '/api/v1/objectives/shop-availability/budget';

  it('cover any window that ends at any time', async () => {
    const now = budgetSchema.parse(await json(`${path}?window=5m`));
    assert.equal(now.bad / now.valid, 0.02);
    const at = new Date(Date.now() - 15 * 60_000).toISOString();
    const before = budgetSchema.parse(await json(`${path}?window=10m&at=${at}`));
    assert.equal(before.bad, 0);
    assert.equal(before.valid, 98 * 40);
    assert.equal(Date.parse(before.to) - Date.parse(before.from), 10 * 60_000);
  });

  it('cover a unit of the calendar in any zone', async () => {
    const { window, from, to, valid } = budgetSchema.parse(
      await json(`${path}?window=year@America/New_York`),
    );
    assert.equal(window, 'year@America/New_York');
    assert.match(from, /^20\d\d-01-01T05:00:00.000Z$/);
    assert.ok(Date.parse(to) - Date.now() <= 60_000);
    assert.ok(valid > 0);
  });

  it('of time without events are unknown, not perfect', async () => {
    const budget = budgetSchema.parse(await json(`${path}?at=2020-01-01T00:00:00Z`));
    assert.equal(budget.compliance, null);
    assert.equal(budget.leftFraction, null);
    assert.equal(budget.coverage, 0);
  });

  for (const query of [
    'window=soon',
    'window=1s',
    'window=9y',
    'window=month@Nowhere/None',
    'window=month@UTC@UTC',
    'window=',
    'at=yesterday',
    'at=2026',
  ]) {
    it(`refuse ${query}`, async () => {
      const { code, errors } = await problem(`${path}?${query}`, 400);
      assert.equal(code, 'QUERY_INVALID');
      assert.equal(errors[0]?.field, query.split('=')[0]);
    });
  }
});

it('burn rates can be asked for a time in the past', async () => {
  const at = new Date(Date.now() - 15 * 60_000).toISOString();
  const path = `/api/v1/objectives/shop-availability/burn-rates?at=${at}`;
  const { items } = burnRateListSchema.parse(await json(path));
  assert.equal(items[0]?.window, '5m');
  assert.equal(items[0]?.burnRate, 0);
  assert.equal(items[0]?.threshold, 14.4);
});

describe('series', () => {
  const path = '/api/v1/objectives/shop-availability/series';
  const range = (fromMinutes: number, toMinutes: number) => {
    const at = (ago: number) => new Date(Date.now() - ago * 60_000).toISOString();
    return `from=${at(fromMinutes)}&to=${at(toMinutes)}`;
  };

  it('add up to the budget', async () => {
    const series = seriesSchema.parse(await json(`${path}?${range(60, 0)}&step=1m`));
    const valid = series.points.reduce((sum, point) => sum + point.valid, 0);
    const budget = budgetSchema.parse(await json('/api/v1/objectives/shop-availability/budget'));
    assert.equal(valid, budget.valid);
    assert.equal(series.stepSeconds, 60);
    assert.ok(series.points.length >= 60 && series.points.length <= 61);
    assert.ok(
      Math.abs((series.points.at(-1)?.leftFraction ?? 0) - (budget.leftFraction ?? 1)) < 1e-9,
    );
  });

  it('say which minutes were not measured', async () => {
    const { points } = seriesSchema.parse(await json(`${path}?${range(60, 10)}&step=5m`));
    assert.equal(points[0]?.state, 'unmeasured');
    assert.equal(points[0]?.leftFraction, null);
    assert.equal(points.at(-2)?.state, 'measured');
  });

  it('choose a step when none is asked for', async () => {
    const { points } = seriesSchema.parse(await json(path));
    assert.ok(points.length <= 300);
  });

  it('have at most 1500 points, and say with which step', async () => {
    const { code, hint } = await problem(`${path}?${range(3000, 0)}&step=1m`, 400);
    assert.equal(code, 'TOO_MANY_POINTS');
    const step = /step=(\S+)/.exec(hint)?.[1];
    await json(`${path}?${range(3000, 0)}&step=${step}`);
  });

  it('refuse a range that runs backwards, is endless or no time at all', async () => {
    assert.equal((await problem(`${path}?${range(0, 60)}`, 400)).code, 'RANGE_INVALID');
    assert.equal((await problem(`${path}?${range(2_000_000, 0)}`, 400)).code, 'RANGE_INVALID');
    assert.equal((await problem(`${path}?from=x`, 400)).code, 'QUERY_INVALID');
    assert.equal((await problem(`${path}?step=0s`, 400)).code, 'QUERY_INVALID');
    assert.equal((await problem(`${path}?step=1m&step=2m`, 400)).code, 'QUERY_INVALID');
  });
});

it('the list is filtered, sorted and cut on the server', async () => {
  const worst = objectiveListSchema.parse(await json('/api/v1/objectives?sort=worst&limit=2'));
  assert.deepEqual([worst.items.length, worst.total], [2, 3]);
  const next = objectiveListSchema.parse(await json('/api/v1/objectives?sort=worst&offset=2'));
  const response = await get('/api/v1/objectives?sort=worst&limit=2');
  const link = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? '';
  assert.ok(link.includes(`cursor=${worst.next}`), link);
  assert.deepEqual(objectiveListSchema.parse(await json(link)).items, next.items);
  assert.equal(next.next, null);
  assert.equal(new Set([...worst.items, ...next.items].map(({ id }) => id)).size, 3);
  const ghost = objectiveListSchema.parse(await json('/api/v1/objectives?q=GHOST%20shop'));
  assert.deepEqual(
    ghost.items.map(({ id }) => id),
    ['shop-ghost'],
  );
  // One is only reported.
  assert.equal(
    Object.values(ghost.counts).reduce((sum, count) => sum + count),
    2,
  );
  assert.equal((await problem('/api/v1/objectives?limit=501', 400)).code, 'QUERY_INVALID');
});

it('sources say what was read and when', async () => {
  const { items } = sourceListSchema.parse(await json('/api/v1/sources'));
  const byName = new Map(items.map((source) => [source.name, source]));
  assert.equal(byName.get('prometheus')?.healthy, true);
  assert.equal(byName.get('shop')?.healthy, true);
  assert.equal(byName.get('alerting')?.healthy, false);
});

it('what metering costs is told from the series that were found, with what was read', async () => {
  const cost = meteringCostSchema.parse(await json('/api/v1/sources/cost'));
  assert.deepEqual(
    cost.objectives.map((one) => [one.objective, one.series]),
    [
      // One more than was declared.
      ['shop-availability', 3],
      ['shop-latency', 3],
      // Nothing was found, so it is what was declared.
      ['shop-ghost', 3],
    ],
  );
  const { read } = cost;
  // Eight series of the shop, at four scrapes a minute.
  assert.ok(read !== null && read.samples >= 8 * minutes * 4, JSON.stringify(read));
  assert.ok(read.queries >= 4);
});

it('the configuration shows names and links', async () => {
  const { services, objectives, links } = configAnswerSchema.parse(await json('/api/v1/config'));
  assert.deepEqual(services, ['shop']);
  assert.equal(objectives.length, 3);
  assert.equal(links.console, service.url);
});

it('an answer that has not changed is not sent again', async () => {
  // A reading or a new minute may fall between two requests, hardly between many.
  for (let attempt = 0; attempt < 10; attempt++) {
    const etag = (await get('/api/v1/objectives')).headers.get('etag') ?? '';
    const again = await get('/api/v1/objectives', {
      'if-none-match': etag,
      // Otherwise fetch adds no-cache, which asks for a whole answer.
      'cache-control': 'max-age=0',
    });
    if (again.status === 304) return;
  }
  assert.fail('never 304');
});

it('the documentation loads nothing from elsewhere', async () => {
  const page = await (await get('/docs/')).text();
  assert.doesNotMatch(page, /https?:\/\//);
  for (const [, file] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
    assert.equal((await get(`/docs/${file}`)).status, 200, file);
  }
});

it('gauges leave out what is not known', async () => {
  const text = await (await get('/metrics')).text();
  assert.match(text, /^slo_compliance_ratio\{objective="shop-availability"\} 0\.99/m);
  assert.match(text, /^slo_burn_rate\{objective="shop-availability",window="5m"\} 2/m);
  assert.match(text, /^slo_meter_lag_seconds \d/m);
  assert.match(text, /^process_start_time_seconds \d/m);
  assert.doesNotMatch(text, /slo_compliance_ratio\{objective="shop-ghost"\}/);
  assert.doesNotMatch(text, /NaN|null|undefined/);
});

it('is alive and ready', async () => {
  assert.equal((await get('/healthz')).status, 200);
  assert.equal((await get('/readyz')).status, 200);
});

it('unknown addresses are a problem, not a page', async () => {
  assert.equal((await problem('/api/v1/nothing', 404)).code, 'NOT_FOUND');
  await problem('/missing.js', 404);
  assert.equal((await problem('/api/v1/objectives/%zz', 400)).code, 'REQUEST_UNREADABLE');
  const korean = await problem('/api/v1/objectives/%zz?lang=ko', 400);
  assert.match(korean.detail ?? '', /퍼센트 인코딩이 올바르지 않습니다/);
});
