import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createProgramToken } from '@sprout/market-services/program-token';
import { z } from 'zod';
import { exemplarTraceIds, logLines, objective, promql, spansOf } from './public-apis.ts';
import { startTestStack } from './stack.ts';
import { eventually } from '@sprout/process/testing';
import type { TestStack } from './stack.ts';

/**
 * One request through the gateway is found again everywhere. The stack has no other traffic and
 * no probes, so that +1 means this request.
 */
let stack: TestStack;
const traceId = randomBytes(16).toString('hex');
const callerSpanId = randomBytes(8).toString('hex');

before(async () => {
  stack = await startTestStack({ timeScale: 10, probes: [], market: { trafficRps: 0 } });
  await eventually('the order route is metered', async () => {
    const { state } = await objective(stack, 'order-availability');
    return state === 'ok' || state === 'no_traffic' ? state : undefined;
  });
  await placeOrder();
});
after(() => stack?.stop());

test('as one connected trace across gateway, order, queue and product, and their databases', async () => {
  const spans = await eventually('the whole saga is in the trace', async () => {
    const found = await spansOf(stack, traceId);
    const services = new Set(found.map((span) => span.service));
    const complete = ['gateway', 'order', 'product'].every((name) => services.has(name));
    const databases = found.filter((span) => span.attributes.get('db.system.name') === 'mysql');
    const answered = found.some(
      (span) => span.service === 'gateway' && span.parentSpanId === callerSpanId,
    );
    return complete && answered && databases.length > 1 ? found : undefined;
  });
  const known = new Set([callerSpanId, ...spans.map((span) => span.spanId)]);
  const orphans = await eventually('every span has its parent', async () => {
    const all = await spansOf(stack, traceId);
    all.forEach((span) => known.add(span.spanId));
    const orphaned = all.filter((span) => !known.has(span.parentSpanId));
    return orphaned.length === 0 ? orphaned : undefined;
  });
  assert.deepEqual(orphans, []);
});

test('as log lines with its trace id, from more than one service', async () => {
  const services = await eventually('log lines carry the trace id', async () => {
    const lines = await logLines(stack, `{service=~".+"} |= "${traceId}"`);
    const found = new Set(lines.map((line) => line.service));
    return found.has('order') && found.has('gateway') ? found : undefined;
  });
  assert.ok(services.size >= 2);
});

test('as an exemplar of the gateway latency', async () => {
  await eventually('the exemplar reached Prometheus', async () => {
    const found = await exemplarTraceIds(
      stack,
      'gateway_request_duration_seconds_bucket{route="order"}',
    );
    return found.includes(traceId) || undefined;
  });
});

test('as +1 in the RED counters of the services and of the spans', async () => {
  await eventually('the service counted one POST', async () => {
    const count = await promql(
      stack,
      'sum(http_server_request_duration_seconds_count{service="order",http_request_method="POST"})',
    );
    assert.ok(count <= 1, `counted ${count} times`);
    return count === 1 || undefined;
  });
  await eventually('the collector derived one span of the gateway', async () => {
    const count = await promql(
      stack,
      'sum(traces_span_requests_total{span_service="gateway",span_kind="server",span_name=~"POST.*"})',
    );
    assert.ok(count <= 1, `derived ${count} times`);
    return count === 1 || undefined;
  });
});

test('as +1 good event in the ledger, and nowhere else', async () => {
  const status = await eventually('the ledger counted the order', async () => {
    const found = await objective(stack, 'order-availability');
    return found.budget.valid > ordersBefore ? found : undefined;
  });
  assert.equal(status.budget.valid, ordersBefore + 1);
  assert.equal(status.budget.bad, 0);
});

let ordersBefore = 0;

async function placeOrder(): Promise<void> {
  ordersBefore = (await objective(stack, 'order-availability')).budget.valid;
  const list = z.object({ items: z.array(z.object({ id: z.string() })).min(1) });
  const token = createProgramToken(stack.config, 'load');
  await token.ready(30_000);
  token.stop();
  const headers = { authorization: token.authorization() ?? '' };
  const first = async (path: string) => {
    const answer = await fetch(stack.url('gateway') + path, { headers });
    return list.parse(await answer.json()).items[0]?.id;
  };
  const response = await fetch(`${stack.url('gateway')}/order/orders`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json',
      traceparent: `00-${traceId}-${callerSpanId}-01`,
    },
    body: JSON.stringify({
      accountId: await first('/account/accounts'),
      productId: await first('/product/products'),
      quantity: 1,
    }),
  });
  assert.equal(response.status, 201, await response.text());
}
