import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { objective, promql } from './public-apis.ts';
import { startTestStack } from './stack.ts';
import { eventually } from '@sprout/process/testing';
import type { TestStack } from './stack.ts';

/** Who pays when something dies. */
const slowRestarts = {
  firstDelayMs: 15_000,
  delayMsMax: 15_000,
  startAttemptsMax: 3,
  restartsMax: 10,
  steadyMs: 60_000,
};
let stack: TestStack;

before(async () => {
  stack = await startTestStack({ timeScale: 10 }, { restartPolicy: slowRestarts });
  await eventually(
    'every route is metered, and measured in most of its minutes',
    async () => {
      const budgets = await Promise.all(
        ['account', 'order', 'product'].map(
          async (route) => (await objective(stack, `${route}-availability`)).budget,
        ),
      );
      return budgets.every(({ valid, coverage }) => valid > 20 && coverage > 0.85) || undefined;
    },
    180_000,
  );
});
after(() => stack?.stop());

test('a stopped collector spends nobody’s budget and lowers coverage', async () => {
  const before = await objective(stack, 'product-availability');
  await stack.stack.kill('collector', 'SIGSTOP');
  await sleep(20_000);
  await stack.stack.kill('collector', 'SIGCONT');
  const later = await eventually('the gap is metered', async () => {
    const now = await objective(stack, 'product-availability');
    return now.budget.valid > before.budget.valid + 200 ? now : undefined;
  });
  assert.ok(Math.abs(later.budget.bad - before.budget.bad) < 1e-6, `${later.budget.bad} bad`);
  assert.ok(
    later.budget.coverage < before.budget.coverage - 0.05,
    `coverage ${later.budget.coverage} after ${before.budget.coverage}`,
  );
});

test('a killed product service spends the product route’s budget, and nobody else’s', async () => {
  const before = await objective(stack, 'product-availability');
  const account = await objective(stack, 'account-availability');
  await stack.stack.kill('product');
  const later = await eventually('the product route has bad events', async () => {
    const now = await objective(stack, 'product-availability');
    return now.budget.bad > before.budget.bad + 20 ? now : undefined;
  });
  assert.ok((later.budget.leftFraction ?? 1) < (before.budget.leftFraction ?? 1));
  const accountBad =
    (await objective(stack, 'account-availability')).budget.bad - account.budget.bad;
  const productBad = later.budget.bad - before.budget.bad;
  // A busy machine may fail a request or two of its own.
  assert.ok(accountBad <= productBad / 5, `${accountBad} of account, ${productBad} of product`);
});

test('a paused product service is answered by 503s, slow first and fast once the breaker opens, and each is a bad event', async () => {
  const ask = async () => {
    const startedMs = performance.now();
    const response = await fetch(`${stack.url('gateway')}/product/products/1`);
    return { status: response.status, ms: performance.now() - startedMs };
  };
  await eventually('the breaker is closed after the kill', async () => {
    const closed = await promql(stack, 'circuit_breaker_state{route="product",state="closed"}');
    return closed === 1 || undefined;
  });
  await stack.stack.kill('product', 'SIGSTOP');
  const slow = await ask();
  assert.equal(slow.status, 503);
  assert.ok(slow.ms > 4900, `${slow.ms} ms while closed`);
  const fast = await eventually('the breaker opens', async () => {
    const answer = await ask();
    return answer.ms < 500 ? answer : undefined;
  });
  assert.equal(fast.status, 503);
  await stack.stack.kill('product', 'SIGCONT');
  await eventually('the breaker closes again', async () => (await ask()).status < 500 || undefined);
  // Traffic goes on: what Prometheus showed before must be there, and no more than it shows after.
  const shown = await failures();
  const bad = await eventually('the ledger holds each 503', async () => {
    const { budget } = await objective(stack, 'product-availability');
    return budget.bad >= shown - roundingMax && budget.bad;
  });
  assert.ok(shown > 0);
  assert.ok(bad <= (await failures()) + roundingMax, `${bad} bad events of ${shown} failures`);
});

/** Spreading over a gap leaves rounding in the last digits. */
const roundingMax = 1e-6;

function failures(): Promise<number> {
  return promql(
    stack,
    'sum(gateway_request_duration_seconds_count{route="product",outcome=~"server_error|timeout|breaker_open|unreachable"})' +
      ' + sum(probe_requests_total{route="product",outcome="unreachable"})',
  );
}
