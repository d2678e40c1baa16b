import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  array,
  assert as check,
  boolean,
  constant,
  constantFrom,
  oneof,
  property,
  record,
} from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { createBreaker, defaultBreakerSettings } from './breaker.ts';
import type { Breaker, BreakerState } from './breaker.ts';

/*
 * Files in testdata/ tell cases: a line is steps and the state after them, or `wait` and
 * milliseconds. `ok`, `fail`, `slow`, `slowfail`, `took<ms>` are whole calls; `begin` takes a
 * permission, `end-ok` and `end-fail` use one, `release` gives one back; `refused` is a call that
 * must be refused.
 */
const testdata = join(import.meta.dirname, 'testdata');
for (const file of readdirSync(testdata)) {
  const cases = readFileSync(join(testdata, file), 'utf8')
    .split(/^case /m)
    .slice(1);
  for (const text of cases) {
    const [title = '', ...lines] = text.split('\n');
    test(`${file}: ${title}`, () => runCase(lines));
  }
}

function runCase(lines: readonly string[]): void {
  let nowMs = 0;
  const breaker = createBreaker(() => nowMs);
  for (const line of lines) {
    const words = line.replace(/#.*/, '').trim().split(/\s+/).filter(Boolean);
    if (words[0] === 'wait') {
      nowMs += Number(words[1]);
    } else if (words.length > 0) {
      for (const step of words.slice(0, -1)) take(breaker, step, line);
      assert.equal(breaker.state(), words.at(-1), line);
    }
  }
}

const calls: Record<string, () => Parameters<Breaker['record']>> = {
  ok: () => ['success', 10],
  fail: () => ['failure', 10],
  slow: () => ['success', 3_001],
  slowfail: () => ['failure', 3_001],
  'end-ok': () => ['success', 10],
  'end-fail': () => ['failure', 10],
};

function take(breaker: Breaker, step: string, line: string): void {
  if (step === 'refused') return assert.equal(breaker.tryAcquire(), false, line);
  if (step === 'release') return breaker.release();
  if (!step.startsWith('end-')) assert.equal(breaker.tryAcquire(), true, line);
  if (step === 'begin') return;
  const took = /^took(\d+)$/.exec(step)?.[1];
  const call = took === undefined ? calls[step]?.() : success(Number(took));
  assert.ok(call, `unknown step ${step}`);
  breaker.record(...call);
}

const success = (durationMs: number): Parameters<Breaker['record']> => ['success', durationMs];

type Step =
  | { readonly kind: 'begin' }
  | { readonly kind: 'end'; readonly failed: boolean; readonly slow: boolean }
  | { readonly kind: 'wait'; readonly ms: number };

const step: Arbitrary<Step> = oneof(
  { weight: 6, arbitrary: constant({ kind: 'begin' } as const) },
  {
    weight: 6,
    arbitrary: record({
      kind: constant('end' as const),
      failed: boolean(),
      slow: boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: record({
      kind: constant('wait' as const),
      ms: constantFrom(1, 5_000, 20_000, 20_001),
    }),
  },
);

test('any history leads a second, independent model to the same states and permissions', () => {
  check(
    property(array(step, { maxLength: 120 }), (steps) => {
      let nowMs = 0;
      let running = 0;
      const breaker = createBreaker(() => nowMs);
      const model = createModel();
      for (const one of steps) {
        if (one.kind === 'wait') {
          nowMs += one.ms;
        } else if (one.kind === 'begin') {
          const permitted = breaker.tryAcquire();
          assert.equal(permitted, model.acquire(nowMs));
          if (permitted) running += 1;
        } else if (running > 0) {
          running -= 1;
          breaker.record(one.failed ? 'failure' : 'success', one.slow ? 3_001 : 1);
          model.end(nowMs, one.failed, one.slow);
        }
        assert.equal(breaker.state(), model.state());
      }
    }),
    { numRuns: 10_000 },
  );
});

/** The rules written once more, as one list of everything that happened since the last change. */
function createModel() {
  const { failureRateThreshold, slowCallRateThreshold } = defaultBreakerSettings;
  let state: BreakerState = 'closed';
  let since = 0;
  let results: { failed: boolean; slow: boolean }[] = [];
  let permitted = 0;
  const change = (next: BreakerState, nowMs: number) => {
    state = next;
    since = nowMs;
    permitted = 0;
    results = [];
  };
  const share = (kind: 'failed' | 'slow', of: typeof results) =>
    (100 * of.filter((result) => result[kind]).length) / of.length;
  return {
    state: () => state,
    acquire: (nowMs: number) => {
      if (state === 'open' && nowMs - since > 20_000) change('half_open', nowMs);
      if (state === 'open') return false;
      return state === 'closed' || ++permitted <= 5;
    },
    end: (nowMs: number, failed: boolean, slow: boolean) => {
      if (state === 'open') return;
      results.push({ failed, slow });
      if (results.length < 5) return;
      const judged = results.slice(state === 'closed' ? -10 : -5);
      const bad =
        share('failed', judged) >= failureRateThreshold ||
        share('slow', judged) >= slowCallRateThreshold;
      if (bad) change('open', nowMs);
      else if (state === 'half_open') change('closed', nowMs);
    },
  };
}
