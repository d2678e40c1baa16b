import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpHealth } from './http-health.ts';
import { listen } from './http-server.ts';

test('a process is well when it answers so, and else it is told what it said', async (t) => {
  const { url, close } = await listen(
    ({ url: asked }, response) => {
      if (asked === '/held') return;
      response.writeHead(asked === '/readyz' ? 200 : 503).end('no database\n'.repeat(100));
    },
    { host: '127.0.0.1', port: 0 },
  );
  t.after(close);
  const look = (path: string) => httpHealth(path)({ http: url });
  assert.equal(await look('/readyz'), undefined);
  assert.match(
    (await look('/other')) ?? '',
    /^http:.*\/other answers 503: no database\n.{0,300}$/s,
  );
  assert.match((await look('/held')) ?? '', /^http:.*\/held does not answer: .*timeout/);
});

test('a process without an address is not well yet', async () => {
  assert.equal(await httpHealth('/readyz')({}), 'it has not published its address');
});
