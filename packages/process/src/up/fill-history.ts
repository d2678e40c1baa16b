import { join } from 'node:path';
import { runProgram } from '../program/run-program.ts';

/**
 * Fills the ledger with simulated history before its service starts; in a process of its own,
 * because what it needs for a moment would stay in ours for good.
 */
export async function fillHistory(
  root: string,
  configFile: string,
  onLine: (line: string) => void,
): Promise<void> {
  await runProgram({
    file: process.execPath,
    args: [join(root, 'slo-service', 'src', 'history', 'main.ts')],
    cwd: root,
    env: { SPROUT_CONFIG: configFile },
    code: 'HISTORY_FAILED',
    hint: './sprout up without --with-history starts on an empty ledger',
    onLine,
  });
}
