import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startObserved } from '../../test/observed.ts';
import type { Observed } from '../../test/observed.ts';
import { send } from '../../test/request.ts';

let observed: Observed;

before(async () => {
  observed = await startObserved((app) => {
    app.get('/callee', (request, response) => void response.json(request.headers));
    app.get('/caller', async (request, response) => {
      const callee = `http://${request.headers.host ?? ''}/callee?secret=1`;
      const answer = await fetch(callee);
      response.json(await answer.json());
    });
    app.get('/stranded', async (_request, response) => {
      await fetch('http://127.0.0.1:9/nobody').catch(() => fetch('http://127.0.0.1:19/nobody'));
      response.end();
    });
    app.get('/aborted', async (request, response) => {
      const url = `http://${request.headers.host ?? ''}/never`;
      const outcome = await fetch(url, { signal: AbortSignal.timeout(50) }).catch(String);
      response.send(outcome);
    });
    app.get('/never', () => {});
  });
});

after(() => observed.stop());

const spansOf = (traceId: string) => observed.sink.spans.filter((span) => span.traceId === traceId);

async function tree(path: string, size: number) {
  const root = await observed.sink.wait(() =>
    observed.sink.spans.find((span) => span.attributes['url.path'] === path),
  );
  return observed.sink.wait(() => {
    const spans = spansOf(root.traceId);
    return spans.length >= size ? { root, spans } : undefined;
  });
}

test('a fetch makes exactly one CLIENT span, between the two SERVER spans', async () => {
  await send(`${observed.url}/caller`);
  const { root, spans } = await tree('/caller', 3);
  const clients = spans.filter(({ kind }) => kind === 'CLIENT');
  assert.equal(clients.length, 1);
  const [client] = clients;
  const callee = spans.find((span) => span.attributes['url.path'] === '/callee');
  assert.equal(client?.parentSpanId, root.spanId);
  assert.equal(callee?.parentSpanId, client?.spanId);
  assert.equal(spans.length, 3);
});

test('the callee gets the trace in W3C and in both B3 forms, each once', async () => {
  const { body } = await send(`${observed.url}/caller`);
  const headers = JSON.parse(body) as Record<string, string>;
  const [, traceId, spanId] = headers['traceparent']?.split('-') ?? [];
  assert.equal(headers['b3'], `${traceId}-${spanId}-1`);
  assert.equal(headers['x-b3-traceid'], traceId);
  assert.equal(headers['x-b3-spanid'], spanId);
});

test('what stands in a query stays out of the span', async () => {
  const { spans } = await tree('/caller', 3);
  assert.doesNotMatch(JSON.stringify(spans), /secret/);
});

test('a call that is given up ends its span with an error and is counted', async () => {
  const { body } = await send(`${observed.url}/aborted`);
  assert.match(body, /TimeoutError/);
  const { spans } = await tree('/aborted', 2);
  const client = spans.find(({ kind }) => kind === 'CLIENT');
  assert.equal(client?.error, true);
  assert.equal(client?.attributes['error.type'], 'TimeoutError');
  const metrics = await send(`${observed.url}/metrics`);
  assert.match(metrics.body, /^http_client_request.*_count\{.*status_code="error"\} 1$/m);
});
