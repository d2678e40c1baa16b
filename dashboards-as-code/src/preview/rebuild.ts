import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const timeoutMs = 30_000;

/** What a rebuild did: the dashboards that changed, or why it failed. */
export type Rebuilt = { readonly changed: readonly string[] } | { readonly failure: string };

/** Builds the models of sprout.config.ts into a directory, from the sources as they are now. */
export async function rebuild(directory: string): Promise<Rebuilt> {
  const script = join(import.meta.dirname, 'build-models.ts');
  try {
    const { stdout } = await run(process.execPath, [script, directory], { timeout: timeoutMs });
    return { changed: stdout.split('\n').filter(Boolean) };
  } catch (error) {
    const told = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return { failure: told.trim() };
  }
}
