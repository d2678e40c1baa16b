import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startObserved } from '../../test/observed.ts';
import { send } from '../../test/request.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';

test('each answered request is one line with its trace and without its query', async () => {
  const { sink, url, stop } = await startObserved(
    (app) => app.get('/items', (_request, response) => void response.send('ok')),
    { logLevel: 'info', requestLog: true },
  );
  await send(`${url}/items?email=someone`, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
  await send(`${url}/healthz`, {});
  await send(`${url}/nothing`, {});
  const lines = await sink.wait(() => sink.lines.length === 2 && sink.lines);
  assert.deepEqual(
    lines.map(({ line }) => String(JSON.parse(line).message)),
    ['GET /items 200', 'GET /nothing 404'],
  );
  assert.equal(lines[0]?.metadata['trace_id'], traceId);
  await stop();
});
