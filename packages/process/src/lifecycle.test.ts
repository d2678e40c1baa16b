import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import winston from 'winston';
import { createLifecycle } from './lifecycle.ts';

/** A logger that keeps what it is told. */
function diary() {
  const entries: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      const { level, message } = JSON.parse(String(chunk));
      entries.push(`${level}: ${message}`);
      done();
    },
  });
  const transports = [new winston.transports.Stream({ stream })];
  return { entries, logger: winston.createLogger({ format: winston.format.json(), transports }) };
}

test('what was added last stops first, one after the other, and once', async () => {
  const order: string[] = [];
  const lifecycle = createLifecycle(diary().logger);
  lifecycle.onStop('server', async () => {
    order.push('server begins');
    await new Promise((resolve) => setImmediate(resolve));
    order.push('server ends');
  });
  lifecycle.onStop('database', () => void order.push('database'));
  await Promise.all([lifecycle.stop(), lifecycle.stop()]);
  assert.deepEqual(order, ['database', 'server begins', 'server ends']);
});

test('a stop that fails or hangs does not hold up the others, and is told', async () => {
  const { entries, logger } = diary();
  const lifecycle = createLifecycle(logger, 20);
  let last = false;
  lifecycle.onStop('last', () => void (last = true));
  lifecycle.onStop('hanging', () => new Promise(() => undefined));
  lifecycle.onStop('failing', () => {
    throw new Error('no');
  });
  await lifecycle.stop();
  assert.equal(last, true);
  assert.deepEqual(entries, ['error: stop failed', 'warn: stop took too long']);
});

/** A process that runs `start` and prints what it does. */
function startProcess(start: string) {
  const script = `
    import { createLogger, runProcess } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    await runProcess(createLogger('test'), async (lifecycle) => { ${start} });
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return { child, output: () => output };
}

test('SIGTERM ends a process in order with exit code 0', async () => {
  const { child, output } = startProcess(`
    setInterval(() => {}, 1000);
    lifecycle.onStop('it', () => console.log('stopped in order'));
    console.log('up');
  `);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  assert.match(output(), /stopped in order/);
});

test('an error at the start undoes what was done, says why and gives exit code 1', async () => {
  const { child, output } = startProcess(`
    lifecycle.onStop('it', () => console.log('undone'));
    throw new Error('the port is taken');
  `);
  const [code] = await once(child, 'close');
  assert.equal(code, 1);
  assert.match(output(), /undone/);
  assert.match(output(), /"exception.message":"Error: the port is taken"/);
});
