import { setTimeout as sleep } from 'node:timers/promises';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../cli/failure.ts';
import { loadDataDir } from '../config.ts';
import { SproutError } from '../error.ts';
import { endLeftovers } from '../supervisor/leftovers.ts';
import { isAlive } from '../supervisor/process-identity.ts';
import { runningStack } from '../supervisor/stack-state.ts';

/** Longer than the slowest ordered stop of all processes. */
const stopTimeoutMs = 120_000;

export const downCommand: Command = {
  name: ['down'],
  summary: 'Stop everything in order and wait until it has stopped.',
  examples: ['./sprout down                      # data stays in .sprout/'],
  noJson: 'its exit code is its answer; ./sprout status --json tells what still runs',
  run: down,
};

async function down(context: CommandContext): Promise<number> {
  const dataDir = loadDataDir();
  const stack = runningStack(dataDir);
  if (stack === undefined) {
    const ended = await endLeftovers(dataDir);
    context.warn(ended.length === 0 ? 'nothing runs here' : `ended ${ended.join(', ')}`);
    return exitCodes.ok;
  }
  context.warn(`stopping ${stack.processes.length} processes`);
  process.kill(stack.pid, 'SIGTERM');
  const deadline = Date.now() + stopTimeoutMs;
  while (isAlive(stack)) {
    if (Date.now() > deadline) throw notStopped(stack.pid);
    await sleep(100);
  }
  await endLeftovers(dataDir);
  context.warn('stopped');
  return exitCodes.ok;
}

function notStopped(pid: number): SproutError {
  return new SproutError(
    'STOP_TIMEOUT',
    `sprout (pid ${pid}) did not stop in ${stopTimeoutMs} ms`,
    {
      hint: `kill -9 ${pid} ends it; what it started ends with it`,
    },
  );
}
