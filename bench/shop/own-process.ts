import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { heapFlags } from '@sprout/slo-service/figures';

/**
 * Runs a program beside this file's caller with the heap that the supervisor gives a service of
 * so many objectives, and reads the JSON that it prints: what it measures of itself is not in anybody's way.
 */
export async function inOwnProcess<T>(
  program: URL,
  objectives: number,
  ...args: (string | number)[]
): Promise<T> {
  const running = promisify(execFile)(process.execPath, [
    ...heapFlags(objectives),
    fileURLToPath(program),
    ...[objectives, ...args].map(String),
  ]);
  const kill = () => running.child.kill('SIGKILL');
  process.once('exit', kill);
  const { stdout } = await running;
  process.off('exit', kill);
  return JSON.parse(stdout) as T;
}
