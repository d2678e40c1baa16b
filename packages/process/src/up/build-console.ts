import { join } from 'node:path';
import { runProgram } from '../program/run-program.ts';

/** Builds the web console when its source has changed; in a process of its own, because the bundler would stay in ours for good. */
export async function buildConsole(root: string, onLine: (line: string) => void): Promise<void> {
  await runProgram({
    file: process.execPath,
    args: [join(root, 'slo-service', 'console', 'build.ts')],
    cwd: root,
    code: 'CONSOLE_BUILD_FAILED',
    hint: 'npm run check names errors in slo-service/console',
    onLine,
  });
}
