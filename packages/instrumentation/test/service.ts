// A small observed service that runs as a child process of the tests; `MODE` tells how it ends.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { observe } from '@sprout/instrumentation';
import express from 'express';

const watch = observe({ service: 'child' });

if (process.env['MODE'] === 'serve') await serve();
else await work();

async function serve(): Promise<void> {
  const app = express();
  watch.attach(app);
  app.get('/work/:id', async (request, response) => {
    await sleep(20);
    watch.logger.info('worked', { id: request.params.id });
    response.json({ trace: watch.currentTraceId() });
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  watch.onStop('http', () => {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    return closed;
  });
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function work(): Promise<void> {
  await watch.span('last work', {}, async () => {
    watch.logger.info('last line');
  });
  if (process.env['MODE'] === 'crash') throw new Error('out of paper');
}
