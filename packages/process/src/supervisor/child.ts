import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { SproutError } from '../error.ts';
import { identify, signalGroup } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** A running program of ours. */
export interface Child {
  readonly identity: ProcessIdentity;
  /** Resolves to how it ended, for example `exit code 1`. */
  readonly exited: Promise<string>;
  /** Asks it to end, and kills it and its group when it has not after `timeoutMs`. */
  end(signal: NodeJS.Signals, timeoutMs: number): Promise<void>;
}

export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Open descriptor for output; closed here. */
  readonly log: number;
}

/**
 * Starts a program in a session of its own, so that Ctrl-C reaches only the supervisor.
 * Throws SproutError `PROCESS_NOT_STARTED` when it cannot be executed.
 */
export async function startChild(command: ChildCommand): Promise<Child> {
  const running = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    stdio: ['ignore', command.log, command.log],
  });
  closeSync(command.log);
  const exited = untilExit(running);
  await untilSpawned(running, command.file);
  // A program that has already ended has no start time; its number is not used for signals then.
  const pid = running.pid ?? 0;
  const identity = identify(pid) ?? { pid, startTicks: '' };
  return { identity, exited, end: (signal, timeoutMs) => end(identity, exited, signal, timeoutMs) };
}

function untilSpawned(running: ChildProcess, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    running.once('spawn', resolve);
    running.once('error', (cause) =>
      reject(new SproutError('PROCESS_NOT_STARTED', `cannot execute ${file}`, { cause })),
    );
  });
}

function untilExit(running: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    running.once('exit', (code, signal) =>
      resolve(signal === null ? `exit code ${code}` : `killed by ${signal}`),
    );
  });
}

async function end(
  identity: ProcessIdentity,
  exited: Promise<string>,
  signal: NodeJS.Signals,
  timeoutMs: number,
): Promise<void> {
  signalGroup(identity, signal);
  // One that was stopped by SIGSTOP hears nothing until it continues.
  signalGroup(identity, 'SIGCONT');
  const timer = setTimeout(() => signalGroup(identity, 'SIGKILL'), timeoutMs);
  await exited;
  clearTimeout(timer);
}
