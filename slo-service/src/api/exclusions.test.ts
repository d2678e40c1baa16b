import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { join } from 'node:path';
import { openExclusionStore } from '../exclusions/exclusion-store.ts';
import { exclusionListSchema, exclusionSchema } from '../exclusions/exclusion.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { budgetSchema, objectiveStatusSchema, seriesSchema } from './schemas.ts';

const minutes = 40;
let service: RunningService;

/** Twenty per cent fail in the last ten minutes, so the promise is broken. */
before(async () => {
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const failed = (scrape: number) => (scrape >= (minutes - 10) * 4 ? 20 : 0);
  service = await runningService(shopSeries({ untilMs, minutes, ok: () => 80, failed }));
});

after(() => service.stop());

async function ask(path: string, method = 'GET', body?: unknown) {
  const response = await fetch(`${service.url}/api/v1${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer, location: response.headers.get('location') };
}

/** What is left without and with excluded time, as alerts see it. */
async function gaugesOfLeft(): Promise<(number | undefined)[]> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  return ['slo_budget_left_ratio', 'slo_budget_left_raw_ratio'].map((name) => {
    const [, value] =
      new RegExp(`^${name}\\{.*objective="shop-availability".*\\} (.+)$`, 'm').exec(text) ?? [];
    return value === undefined ? undefined : Number(value);
  });
}

const codeOf = (answer: unknown) => (answer as { code?: string }).code;
const ago = (minute: number) => new Date(Date.now() - minute * 60_000).toISOString();
const lastTen = () => ({
  objectives: ['shop-availability'],
  when: { kind: 'once', from: ago(12), to: new Date(Date.now() + 60_000).toISOString() },
  reason: 'planned migration',
  by: 'ana',
});

it('time that is excluded afterwards mends the adjusted budget and leaves the raw one', async () => {
  const path = '/objectives/shop-availability';
  const before = objectiveStatusSchema.parse((await ask(path)).answer);
  assert.equal(before.verdict, 'broken');
  const [left = 0, raw = 1] = await gaugesOfLeft();
  assert.ok(left < 0 && left === raw);
  assert.equal(before.budget.adjusted, undefined);

  const { status, answer, location } = await ask('/exclusions', 'POST', lastTen());
  assert.equal(status, 201);
  const { id, createdAt, by } = exclusionSchema.parse(answer);
  assert.equal(location, `/api/v1/exclusions/${id}`);
  assert.ok(Date.parse(createdAt) > Date.now() - 60_000);
  assert.equal(by, 'ana');

  const after = objectiveStatusSchema.parse((await ask(path)).answer);
  assert.equal(after.verdict, 'kept');
  assert.equal(after.budget.bad, before.budget.bad);
  assert.ok((after.budget.leftFraction ?? 0) < 0);
  assert.equal(after.budget.adjusted?.leftFraction, 1);
  assert.deepEqual(after.budget.adjusted?.exclusions, [id]);
  const [leftAfter, rawAfter = 1] = await gaugesOfLeft();
  assert.equal(leftAfter, 1, 'what BudgetExhausted sees is over at the next scrape');
  assert.ok(rawAfter < 0);
  const other = budgetSchema.parse((await ask('/objectives/shop-latency/budget')).answer);
  assert.equal(other.adjusted, undefined);

  const from = ago(30);
  const { points } = seriesSchema.parse((await ask(`${path}/series?from=${from}&step=1m`)).answer);
  assert.equal(points.at(-1)?.state, 'excluded');
  assert.equal(points.at(-1)?.adjustedLeftFraction, 1);
  assert.ok((points.at(-1)?.leftFraction ?? 0) < 0);
  assert.ok(points.some(({ state }) => state === 'measured'));

  const gone = await ask(`/exclusions/${id}?by=ben&reason=it+was+no+migration`, 'DELETE');
  assert.equal(exclusionSchema.parse(gone.answer).revoked?.by, 'ben');
  const last = objectiveStatusSchema.parse((await ask(path)).answer);
  assert.equal(last.verdict, 'broken');
  assert.equal(last.budget.adjusted, undefined);

  assert.deepEqual(exclusionListSchema.parse((await ask('/exclusions')).answer).items, []);
  const kept = exclusionListSchema.parse((await ask('/exclusions?revoked=true')).answer).items;
  assert.deepEqual([kept[0]?.id, kept[0]?.revoked?.reason], [id, 'it was no migration']);
  const again = await ask(`/exclusions/${id}?by=ben&reason=twice`, 'DELETE');
  assert.deepEqual([again.status, codeOf(again.answer)], [409, 'EXCLUSION_REVOKED']);
});

it('the record is on disk', async () => {
  const posted = await ask('/exclusions', 'POST', { ...lastTen(), objectives: null });
  const { id } = exclusionSchema.parse(posted.answer);
  const path = join(service.test.config.dataDir, 'slo-service', 'records.sqlite');
  const records = openSqliteRecords(path);
  const store = await openExclusionStore(records);
  assert.equal(store.find(id)?.reason, 'planned migration');
  await records.close();
  await ask(`/exclusions/${id}?by=ana&reason=test+is+over`, 'DELETE');
});

for (const [what, change, field] of [
  ['an unknown objective', { objectives: ['none'] }, 'objectives'],
  ['no reason', { reason: '' }, 'reason'],
  ['an end before the begin', { when: { kind: 'once', from: ago(1), to: ago(2) } }, 'when.to'],
  [
    'a zone that does not exist',
    {
      when: {
        kind: 'weekly',
        days: ['sun'],
        at: '02:00',
        minutes: 60,
        zone: 'Mars/Olympus',
        from: ago(1),
      },
    },
    'when.zone',
  ],
] as const) {
  it(`${what} is refused`, async () => {
    const { status, answer } = await ask('/exclusions', 'POST', { ...lastTen(), ...change });
    assert.deepEqual([status, codeOf(answer)], [400, 'BODY_INVALID']);
    const { errors } = answer as { errors: { field: string }[] };
    assert.ok(errors.some((one) => one.field.startsWith(field)));
  });
}

it('who revokes must say who they are and why', async () => {
  const unknown = await ask('/exclusions/none?by=ana&reason=test', 'DELETE');
  assert.deepEqual([unknown.status, codeOf(unknown.answer)], [404, 'EXCLUSION_UNKNOWN']);
  const nameless = await ask('/exclusions/none', 'DELETE');
  assert.deepEqual([nameless.status, codeOf(nameless.answer)], [400, 'QUERY_INVALID']);
});
