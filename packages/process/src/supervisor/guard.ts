import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ProcessIdentity } from './process-identity.ts';

/** Ends what a supervisor started, should the supervisor itself be killed. */
export interface Guard {
  add(child: ProcessIdentity): void;
  remove(child: ProcessIdentity): void;
  /** Everything has ended in order; there is nothing left to guard. */
  dismiss(): void;
}

/** A shell of one megabyte that waits for our end of a pipe to close. */
export function postGuard(): Guard {
  const shell = spawn('sh', [join(import.meta.dirname, 'guard.sh')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  const tell = (verb: string, { pid, startTicks }: ProcessIdentity) =>
    void shell.stdin.write(`${verb} ${pid} ${startTicks}\n`);
  // A guard that was killed must not take the stack with it.
  shell.stdin.on('error', () => undefined);
  return {
    add: (child) => tell('add', child),
    remove: (child) => tell('remove', child),
    dismiss: () => void shell.stdin.end('done\n'),
  };
}
