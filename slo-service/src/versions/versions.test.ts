import assert from 'node:assert/strict';
import { it } from 'node:test';
import { objective, rolling } from '@sprout/objectives';
import { timing } from '@sprout/process';
import { minuteState } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { minuteClock } from '../status/minute-clock.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { readerOf } from '../status/reader.ts';
import { objectiveSeries } from '../status/series.ts';
import { readBudget } from '../status/window.ts';
import { testConfig } from '../testing/test-config.ts';
import { openVersionStore } from './version-store.ts';

const clock = minuteClock(timing(1));
const { minuteMs } = clock;
const declared = promise();
const noon = Date.parse('2026-11-23T12:00:00Z');

function promise(more: Partial<Parameters<typeof objective>[1]> = {}): ObjectiveConfig {
  const any = testConfig();
  any.dispose();
  const [template] = any.config.objectives;
  assert.ok(template);
  const { sli, owner, target, window } = template;
  const { config, dispose } = testConfig({
    objectives: [
      objective('a', { owner, target, window, alerts: false, sli: sli as never, ...more }),
    ],
  });
  dispose();
  const [compiled] = config.objectives;
  assert.ok(compiled);
  return compiled;
}

it('a changed promise comes into force when it is noticed, and is recorded once', async () => {
  const records = openSqliteRecords(':memory:');
  const changed = { ...declared, target: 0.9 };
  await openVersionStore(records, [declared], noon - 3600_000, minuteMs);
  const store = await openVersionStore(records, [changed], noon + 30_000, minuteMs);
  const again = await openVersionStore(records, [changed], noon + 900_000, minuteMs);
  assert.deepEqual(again.list(changed), store.list(changed));
  const items = again.list(changed).items.map(({ from, until, target }) => [from, until, target]);
  const at = '2026-11-23T12:00:00.000Z';
  assert.deepEqual(items, [
    [null, at, 0.99],
    [at, null, 0.9],
  ]);
  assert.equal(again.list(changed, noon).items.length, 1);
  await records.close();
});

it('going back to an earlier promise is a version of its own', async () => {
  const records = openSqliteRecords(':memory:');
  const targets = [0.99, 0.9, 0.99];
  for (const [hour, target] of targets.entries()) {
    await openVersionStore(records, [{ ...declared, target }], noon + hour * 3600_000, minuteMs);
  }
  const store = await openVersionStore(records, [declared], noon + 9 * 3600_000, minuteMs);
  assert.deepEqual(
    store.list(declared).items.map(({ target }) => target),
    targets,
  );
  await records.close();
});

it('declared former promises are the whole history; it is known since it was declared', async () => {
  const records = openSqliteRecords(':memory:');
  const until = '2026-11-23T13:00:00+09:00';
  const withPast = promise({ before: [{ until, target: 0.5 }] });
  await openVersionStore(records, [{ ...declared, target: 0.7 }], noon - 7200_000, minuteMs);
  const store = await openVersionStore(records, [withPast], noon, minuteMs);
  const versions = store.list(withPast).items;
  assert.deepEqual(
    versions.map(({ from, target, by, recordedAt }) => [from, target, by, Date.parse(recordedAt)]),
    [
      [null, 0.5, 'declared', noon],
      ['2026-11-23T04:00:00.000Z', 0.99, 'declared', noon],
    ],
  );
  assert.deepEqual(
    store.list(withPast, noon - 1).items.map(({ target }) => target),
    [0.7],
  );
  await records.close();
});

it('a changed latency threshold judges what comes; each stretch names its own', async () => {
  const records = openSqliteRecords(':memory:');
  const ledger = openSqliteLedger(':memory:');
  const end = noon / minuteMs;
  const minute = (at: number, bad: number) => ({
    minute: at,
    valid: 100,
    bad,
    coverage: 1,
    state: minuteState.measured,
  });
  const minutes = Array.from({ length: 60 }, (_, index) =>
    minute(end - 60 + index, index < 30 ? 4 : 1),
  );
  await ledger.commit({ final: [{ objective: 'a', minutes }], provisional: [] });
  const within = (thresholdSeconds: number) => ({
    ...declared,
    sli: { ...declared.sli, kind: 'latency' as const, thresholdSeconds },
  });
  await openVersionStore(records, [within(1)], noon - 90 * minuteMs, minuteMs);
  const store = await openVersionStore(records, [within(2)], noon - 30 * minuteMs, minuteMs);
  const { historyOf } = store;
  const reader = readerOf({ ledger, exclusions: () => [], clock, historyOf }, within(2));
  const window = { name: '1h', fromMinute: end - 60, toMinute: end };
  const { bad, promised } = await readBudget(reader, window, clock);
  assert.equal(bad, 30 * 4 + 30, 'what was bad by the former threshold stays bad');
  assert.deepEqual(
    promised?.map((part) => [part.thresholdSeconds, part.bad]),
    [
      [1, 120],
      [2, 30],
    ],
  );
  await ledger.close();
  await records.close();
});

it('each stretch is judged by the promise in force: allowed is the sum of both', async () => {
  const ledger = openSqliteLedger(':memory:');
  const end = noon / minuteMs;
  const minutes = Array.from({ length: 120 }, (_, index) => ({
    minute: end - 120 + index,
    valid: 100,
    bad: 5,
    coverage: 1,
    state: minuteState.measured,
  }));
  await ledger.commit({ final: [{ objective: 'a', minutes }], provisional: [] });
  const until = new Date(noon - 30 * minuteMs).toISOString();
  const changed = promise({
    window: rolling('2h'),
    before: [{ until, target: 0.9, window: rolling('1h') }],
  });
  const reader = readerOf({ ledger, exclusions: () => [], clock }, changed);
  const window = { name: '2h', fromMinute: end - 120, toMinute: end };
  const { allowed, left, promised } = await readBudget(reader, window, clock);
  assert.equal(allowed, 0.1 * 9000 + 0.01 * 3000);
  assert.equal(left, allowed - 600);
  assert.deepEqual(
    promised?.map((part) => part.allowed),
    [900, 30],
  );
  const range = { fromMinute: end - 31, toMinute: end, stepMinutes: 1 };
  const { points, changes } = await objectiveSeries(changed, reader, range, clock);
  // The last point of the former promise looks back an hour, at 10 % allowed; then two hours count.
  assert.equal(points[0]?.leftFraction, 0.5);
  assert.equal(points.at(-1)?.leftFraction, left / allowed);
  assert.deepEqual(changes, [{ at: clock.instant(end - 30), target: 0.99, window: '2h' }]);
  await ledger.close();
});
