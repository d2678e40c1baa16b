import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackStateSchema } from './process-status.ts';
import type { ProcessStatus, StackState } from './process-status.ts';
import { isAlive } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { isInstanceOf } from './scaling.ts';

/** Writes the state whole or not at all. */
export function writeStackState(dataDir: string, state: StackState): void {
  const path = statePath(dataDir);
  writeFileSync(`${path}.${process.pid}.tmp`, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(`${path}.${process.pid}.tmp`, path);
}

export function removeStackState(dataDir: string): void {
  rmSync(statePath(dataDir), { force: true });
}

/** The last state that a supervisor wrote here, be it alive or not. */
export function readStackState(dataDir: string): StackState | undefined {
  try {
    return stackStateSchema.parse(JSON.parse(readFileSync(statePath(dataDir), 'utf8')));
  } catch {
    // Never started here, stopped in order, or written by another version: nothing to go by.
    return undefined;
  }
}

/** The state of the supervisor that runs here now. */
export function runningStack(dataDir: string): StackState | undefined {
  const state = readStackState(dataDir);
  return state !== undefined && isAlive(state) ? state : undefined;
}

/** The running program of a process of the stack that runs here; undefined while there is none. */
export function processIdentity(dataDir: string, name: string): ProcessIdentity | undefined {
  const found = runningStack(dataDir)?.processes.find((process) => process.name === name);
  return found && identityOf(found);
}

/** The running programs of a process and of its further instances. */
export function instanceIdentities(dataDir: string, name: string): ProcessIdentity[] {
  return (runningStack(dataDir)?.processes ?? [])
    .filter((process) => process.name === name || isInstanceOf(name, process.name))
    .flatMap((process) => identityOf(process) ?? []);
}

function identityOf({ pid, startTicks }: ProcessStatus): ProcessIdentity | undefined {
  return pid === undefined || startTicks === undefined ? undefined : { pid, startTicks };
}

function statePath(dataDir: string): string {
  return join(dataDir, 'stack.json');
}
