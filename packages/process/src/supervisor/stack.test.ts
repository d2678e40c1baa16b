import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { ProcessSpec } from '../process-spec.ts';
import { readRunFile } from '../run-file.ts';
import { quickPolicy, tinyWorld, until } from './fixture/tiny-stack.ts';
import { identify, isAlive, signalGroup } from './process-identity.ts';
import { runningStack } from './stack-state.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

const pidOf = (stack: Stack, name: string): number => {
  const pid = stack.status().find((status) => status.name === name)?.pid;
  assert.ok(pid !== undefined, `${name} has no pid`);
  return pid;
};
const stateOf = (stack: Stack, name: string) =>
  stack.status().find((status) => status.name === name)?.state;

/** A stack that ends with its test, also when that fails. */
async function launch(t: TestContext, ...args: Parameters<typeof startStack>): Promise<Stack> {
  const stack = await startStack(...args);
  t.after(() => stack.stop());
  return stack;
}

test('processes start after those they name, and stop before them', async (t) => {
  const world = tinyWorld();
  const specs = [world.spec('c', ['b']), world.spec('a'), world.spec('b', ['a'])];
  const stack = await launch(t, specs, world.config);
  assert.ok(stack.status().every(({ state }) => state === 'healthy'));
  await stack.stop();
  assert.deepEqual(world.diary(), ['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a']);
});

test('a stack tells its state from outside while it runs, and leaves no trace of it', async (t) => {
  const world = tinyWorld();
  const stack = await launch(t, [world.spec('a')], world.config);
  const { dataDir } = world.config;
  assert.equal(runningStack(dataDir)?.processes[0]?.pid, pidOf(stack, 'a'));
  assert.match(readRunFile({ dataDir }, 'a')?.addresses['http'] ?? '', /^http:\/\/127/);
  await stack.stop();
  assert.equal(runningStack(dataDir), undefined);
  assert.equal(readRunFile({ dataDir }, 'a'), undefined);
});

test('a crashed process is started again and counted', async (t) => {
  const world = tinyWorld();
  const stack = await launch(t, [world.spec('a')], world.config, { restartPolicy: quickPolicy });
  const first = pidOf(stack, 'a');
  await stack.kill('a');
  await until('started again', () => stack.status()[0]?.restarts === 1);
  await until('healthy again', () => stateOf(stack, 'a') === 'healthy');
  assert.notEqual(pidOf(stack, 'a'), first);
  assert.equal(stack.status()[0]?.restarts, 1);
  await stack.stop();
});

test('who finds its port taken before it was ever healthy is started on another', async (t) => {
  const world = tinyWorld();
  const holder = createServer((socket) => socket.destroy());
  t.after(() => holder.close());
  const tiny = world.spec('a');
  const take = (port: number) =>
    new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
  const late: ProcessSpec = {
    ...tiny,
    addresses: (context) => ({ http: `http://127.0.0.1:${context.port()}` }),
    // Somebody is quicker, the first time.
    prepare: async (context) => {
      if (!holder.listening) await take(context.port());
    },
    command: (context) => {
      const { file, args, env } = tiny.command(context);
      return { file, args, env: { ...env, TINY_PORT: String(context.port()) } };
    },
  };
  const stack = await launch(t, [late], world.config, { restartPolicy: quickPolicy });
  assert.equal(stack.status()[0]?.restarts, 1);
});

test('a restart that was asked for resolves when healthy and counts as no crash', async (t) => {
  const world = tinyWorld();
  const stack = await launch(t, [world.spec('a')], world.config);
  const first = pidOf(stack, 'a');
  await stack.restart('a');
  assert.equal(stateOf(stack, 'a'), 'healthy');
  assert.notEqual(pidOf(stack, 'a'), first);
  assert.equal(stack.status()[0]?.restarts, 0);
  await stack.stop();
});

test('one that keeps crashing is given up, and the others stay', async (t) => {
  const world = tinyWorld();
  let manner: 'good' | 'crashing' = 'good';
  const moody = world.spec('moody');
  const specs = [
    world.spec('steady'),
    {
      ...moody,
      command: (...args: Parameters<typeof moody.command>) =>
        world.spec('moody', [], manner).command(...args),
    },
  ];
  const stack = await launch(t, specs, world.config, { restartPolicy: quickPolicy });
  manner = 'crashing';
  await stack.kill('moody');
  await until('given up', () => stateOf(stack, 'moody') === 'failed');
  assert.equal(stateOf(stack, 'steady'), 'healthy');
  assert.match(stack.status()[1]?.reason ?? '', /exit code 3; given up after 4 failures/);
  await stack.stop();
});

test('a start that fails quotes the log and stops what it had started', async () => {
  const world = tinyWorld();
  const specs = [world.spec('a'), world.spec('b', ['a'], 'crashing'), world.spec('c', ['b'])];
  await assert.rejects(startStack(specs, world.config, { restartPolicy: quickPolicy }), (error) => {
    assert.match(String(error), /b: exit code 3; given up after 2 failures.*\n.*b cannot go on/);
    return true;
  });
  assert.deepEqual(world.diary(), ['start a', 'start b', 'start b', 'stop a']);
  assert.equal(runningStack(world.config.dataDir), undefined);
});

test('a process that does not become healthy in time fails the start and says why', async () => {
  const world = tinyWorld();
  await assert.rejects(
    startStack([world.spec('a', [], 'silent')], world.config, { startTimeoutMs: 500 }),
    /a: not healthy after 500 ms: it has not published its address yet/,
  );
});

test('a process that ignores SIGTERM is killed when its time is over', async (t) => {
  const world = tinyWorld();
  const stack = await launch(t, [world.spec('a', [], 'stubborn')], world.config, {
    stopTimeoutMs: 200,
  });
  const identity = identify(pidOf(stack, 'a'));
  assert.ok(identity !== undefined);
  await stack.stop();
  assert.equal(isAlive(identity), false);
});

test('a process that a fault has frozen still stops in order', async (t) => {
  const world = tinyWorld();
  const stack = await launch(t, [world.spec('a')], world.config);
  await stack.kill('a', 'SIGSTOP');
  await stack.stop();
  assert.deepEqual(world.diary(), ['start a', 'stop a']);
});

test('aborting ends a start that is under way', async () => {
  const world = tinyWorld();
  const controller = new AbortController();
  const starting = startStack([world.spec('a'), world.spec('b', [], 'silent')], world.config, {
    signal: controller.signal,
    onChange: ({ name, state }) => void (name === 'a' && state === 'healthy' && controller.abort()),
  });
  await assert.rejects(starting, { code: 'INTERRUPTED' });
  assert.ok(world.diary().includes('stop a'));
  assert.equal(runningStack(world.config.dataDir), undefined);
});

test('one data directory takes one stack; another takes another at the same time', async (t) => {
  const [world, elsewhere] = [tinyWorld(), tinyWorld()];
  const stack = await launch(t, [world.spec('a')], world.config);
  await assert.rejects(startStack([world.spec('b')], world.config), { code: 'ALREADY_RUNNING' });
  const other = await launch(t, [elsewhere.spec('a')], elsewhere.config);
  await Promise.all([stack.stop(), other.stop()]);
  const again = await launch(t, [world.spec('a')], world.config);
  await again.stop();
});

test('a program that cannot publish its address keeps one free port over restarts', async (t) => {
  const world = tinyWorld({ a: 0 });
  const spec = {
    ...world.spec('a', [], 'silent'),
    addresses: (context: { port(): number }) => ({ mysql: `127.0.0.1:${context.port()}` }),
    health: async () => undefined,
  };
  const stack = await launch(t, [spec], world.config);
  const address = readRunFile(world.config, 'a')?.addresses['mysql'];
  assert.match(address ?? '', /^127\.0\.0\.1:[1-9]\d+$/);
  await stack.restart('a');
  assert.equal(readRunFile(world.config, 'a')?.addresses['mysql'], address);
  await stack.stop();
});

test('nothing outlives a supervisor that is killed', async (t) => {
  const supervisor = fork(join(import.meta.dirname, 'fixture', 'supervisor-main.ts'));
  const [told] = await once(supervisor, 'message');
  const { dataDir, pids } = told as { dataDir: string; pids: number[] };
  const children = pids.map(identify);
  t.after(() => children.forEach((child) => child && signalGroup(child, 'SIGKILL')));
  assert.equal(children.filter((child) => child !== undefined).length, 2);
  supervisor.kill('SIGKILL');
  await until('all children have ended', () =>
    children.every((child) => child === undefined || !isAlive(child)),
  );
  assert.ok(existsSync(join(dataDir, 'stack.json')), 'it had no time to tidy up');
});
