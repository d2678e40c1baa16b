import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import type { Random } from '../file/forgetful-file.ts';

/**
 * Runs a module that tells its promises line by line, and kills it with SIGKILL at a random moment
 * up to `aliveMsMax` after the first. A line promises something only when it ends with a full stop: one that the
 * kill cut short has none.
 */
export async function killTalking(
  modulePath: string,
  args: readonly string[],
  random: Random,
  onPromise: (words: readonly string[]) => void,
  aliveMsMax = 60,
): Promise<void> {
  const child = spawn(process.execPath, [modulePath, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const started = Promise.withResolvers<void>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    started.resolve();
    if (line.endsWith(' .')) onPromise(line.split(' ').slice(0, -1));
  });
  const closed = once(lines, 'close');
  await Promise.race([started.promise, exited]);
  await setTimeout(random() * aliveMsMax);
  child.kill('SIGKILL');
  await Promise.all([exited, closed]);
}
