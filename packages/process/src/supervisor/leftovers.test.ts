import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { endLeftovers } from './leftovers.ts';
import { identify, isAlive } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { writeStackState } from './stack-state.ts';

const started = (pid: number | undefined): ProcessIdentity => {
  const identity = identify(pid ?? 0);
  assert.ok(identity !== undefined);
  return identity;
};
const statusOf = (name: string, identity: ProcessIdentity) => ({
  name,
  state: 'healthy' as const,
  ...identity,
  restarts: 0,
  addresses: {},
  log: '',
});

test('what a dead supervisor left is ended; a later process with such a pid is not', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-leftovers-'));
  const left = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const stranger = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const strangerIdentity = started(stranger.pid);
  writeStackState(dataDir, {
    pid: process.pid,
    // This process has the pid of the dead supervisor, but is not it.
    startTicks: '1',
    startedAt: new Date(0).toISOString(),
    processes: [
      statusOf('left', started(left.pid)),
      statusOf('gone', { ...strangerIdentity, startTicks: '1' }),
    ],
  });
  assert.deepEqual(await endLeftovers(dataDir), ['left']);
  assert.equal(isAlive(strangerIdentity), true);
  stranger.kill('SIGKILL');
});

test('what a living supervisor runs is left alone', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-leftovers-'));
  const running = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const identity = started(running.pid);
  writeStackState(dataDir, {
    ...started(process.pid),
    startedAt: new Date(0).toISOString(),
    processes: [statusOf('running', identity)],
  });
  assert.deepEqual(await endLeftovers(dataDir), []);
  assert.equal(isAlive(identity), true);
  running.kill('SIGKILL');
});
