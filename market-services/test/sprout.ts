import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { SproutConfig } from '@sprout/process';

/** What a command line said, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `./sprout …` on an installation, as a process of its own. */
export function sprout(
  { dataDir }: Pick<SproutConfig, 'dataDir'>,
  ...line: readonly string[]
): Promise<Ended> {
  const cli = join(import.meta.dirname, '..', '..', 'cli.ts');
  const env = { ...process.env, SPROUT_CONFIG: join(dataDir, 'config.json') };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...line], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
