import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, signalGroup } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { readStackState } from './stack-state.ts';

/** How long a process left over may take to end before it is killed. */
const endTimeoutMs = 10_000;

/**
 * Ends what a supervisor that died here left running, and nothing else: pid and start time must
 * both be those written down. Resolves to the names of what was ended.
 */
export async function endLeftovers(dataDir: string): Promise<string[]> {
  const state = readStackState(dataDir);
  if (state === undefined || isAlive(state)) return [];
  const left = state.processes.flatMap(({ name, pid, startTicks }) =>
    pid !== undefined && startTicks !== undefined ? [{ name, pid, startTicks }] : [],
  );
  const alive = left.filter(isAlive);
  await Promise.all(alive.map(endOne));
  return alive.map(({ name }) => name);
}

async function endOne(identity: ProcessIdentity): Promise<void> {
  signalGroup(identity, 'SIGTERM');
  signalGroup(identity, 'SIGCONT');
  const deadline = Date.now() + endTimeoutMs;
  while (isAlive(identity)) {
    if (Date.now() > deadline) signalGroup(identity, 'SIGKILL');
    await sleep(50);
  }
}
