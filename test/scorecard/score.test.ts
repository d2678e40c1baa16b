import assert from 'node:assert/strict';
import { test } from 'node:test';
import { score } from './score.ts';
import type { Observed } from './score.ts';
import { scoreTable } from './table.ts';
import { stacks } from './trials.ts';

const trial = stacks[0]?.trials[2];
assert.ok(trial);
const own = {
  alert: trial.alert,
  severity: 'page',
  pageGroup: trial.pageGroup,
  startedMs: 0,
  endedMs: 60_000,
};
const seen: Observed = {
  startedMs: 0,
  alertedMs: 27_000,
  stoppedMs: 30_000,
  clearedMs: 60_000,
  heard: [own],
  budgetSpent: 0.02,
  dashboard: true,
  trace: true,
};

test('an alert that came alone and went is as it should be', () => {
  const { ok, secondsToAlert, clearedAfterSeconds } = score(trial, seen, 20);
  assert.deepEqual([ok, secondsToAlert, clearedAfterSeconds], [true, 27, 30]);
});

test('a ticket beside it calls nobody, a second page does', () => {
  const ticket = { ...own, alert: 'CircuitOpen', severity: 'ticket' };
  assert.equal(score(trial, { ...seen, heard: [own, ticket] }, 20).ok, true);
  const page = { ...own, pageGroup: 'route-order' };
  const judged = score(trial, { ...seen, heard: [own, page] }, 20);
  assert.equal(judged.ok, false);
  assert.deepEqual(judged.otherPages, ['ErrorBudgetBurnFast (route-order)']);
});

test('an alert that never comes, never goes, or leads nowhere is a failure', () => {
  const failures: Partial<Observed>[] = [
    { alertedMs: undefined },
    { clearedMs: undefined },
    { dashboard: false },
    { trace: false },
  ];
  for (const failure of failures) assert.equal(score(trial, { ...seen, ...failure }, 20).ok, false);
});

test('the table shows seconds of the clock and minutes at full length', () => {
  const table = scoreTable([score(trial, seen, 20)]);
  assert.match(
    table,
    /`product-db-slow` \| page ErrorBudgetBurnFast \| 27 s \(9.0 min\) \| 2.00 %/,
  );
});

test('at least twelve faults are tried, each once', () => {
  const faults = stacks.flatMap(({ trials }) => trials).map(({ fault }) => fault);
  assert.ok(new Set(faults).size >= 12);
  assert.equal(new Set(faults).size, faults.length);
});
