import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '@sprout/process/testing';
import { promql } from './public-apis.ts';
import { startTestStack } from './stack.ts';
import type { TestStack } from './stack.ts';

/** Who is scaled up is measured without a word to the collector: discovery lists it. */
let stack: TestStack;

before(async () => {
  stack = await startTestStack(
    { timeScale: 20 },
    { only: ['prometheus', 'collector', 'discovery', 'product'] },
  );
});
after(() => stack?.stop());

const scraped = () => promql(stack, 'count(up{service="product"} == 1)');

test('an instance that comes is scraped, and one that goes has no series left', async () => {
  await eventually('product is scraped', async () => (await scraped()) === 1);
  await stack.stack.scale('product', 2);
  const instance = new URL(stack.url('product-2')).host;
  const requests = () =>
    promql(
      stack,
      `count(http_server_request_duration_seconds_count{service="product",job="product",instance="${instance}"})`,
    );
  await fetch(`${stack.url('product-2')}/products/1`);
  await eventually('what it measures is there', async () => (await requests()) > 0);
  assert.equal(await scraped(), 2);

  await stack.stack.scale('product', 1);
  await eventually('its series have ended', async () => (await requests()) === 0);
  const known = () => promql(stack, 'count(up{service="product"})');
  await eventually('nobody asks it any more', async () => (await known()) === 1);
});
