import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { objective } from './public-apis.ts';
import { eventually, startTestStack } from './stack.ts';
import type { TestStack } from './stack.ts';

/** Who pays when something dies. */
let stack: TestStack;

before(async () => {
  stack = await startTestStack({ timeScale: 10 });
  await eventually('traffic is metered on every route', async () => {
    const valid = await Promise.all(
      ['account', 'order', 'product'].map(
        async (route) => (await objective(stack, `${route}-availability`)).budget.valid,
      ),
    );
    return valid.every((count) => count > 20) || undefined;
  });
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
  assert.equal(later.budget.bad, before.budget.bad);
  assert.ok(
    later.budget.coverage < before.budget.coverage - 0.05,
    `coverage ${later.budget.coverage} after ${before.budget.coverage}`,
  );
});

test('a killed product service spends the product route’s budget, and nobody else’s', async () => {
  const before = await objective(stack, 'product-availability');
  const account = await objective(stack, 'account-availability');
  await stack.stack.kill('product', 'SIGSTOP');
  const later = await eventually('the product route has bad events', async () => {
    const now = await objective(stack, 'product-availability');
    return now.budget.bad > before.budget.bad + 20 ? now : undefined;
  });
  await stack.stack.kill('product', 'SIGCONT');
  assert.ok((later.budget.leftFraction ?? 1) < (before.budget.leftFraction ?? 1));
  assert.equal((await objective(stack, 'account-availability')).budget.bad, account.budget.bad);
});
