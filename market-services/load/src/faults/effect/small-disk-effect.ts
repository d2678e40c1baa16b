import { execFile } from 'node:child_process';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unavailable } from './effect.ts';
import type { Effect } from './effect.ts';

const diskBytes = 8 * 1024 * 1024;
const fullFraction = 0.97;
const run = promisify(execFile);

/** A file system of 8 MiB in memory, nearly full, below the data directory; nothing else fills. */
export function smallDiskEffect(place: { readonly dataDir: string }): Effect {
  const directory = join(place.dataDir, 'faults', 'small-disk');
  return {
    begin: async () => {
      await mkdir(directory, { recursive: true });
      await mountSmall(directory);
      await writeFile(
        join(directory, 'ballast'),
        Buffer.alloc(Math.floor(diskBytes * fullFraction)),
      );
    },
    end: async () => {
      if (!(await isMounted(directory))) return;
      await run('umount', ['-l', directory]);
      await rmdir(directory);
    },
  };
}

async function mountSmall(directory: string): Promise<void> {
  try {
    await run('mount', [
      '-t',
      'tmpfs',
      '-o',
      `size=${diskBytes},mode=700`,
      'sprout-fault',
      directory,
    ]);
  } catch (error) {
    throw unavailable(
      `a file system of its own cannot be mounted: ${String(error).split('\n')[0]}`,
      'run sprout as root for this fault',
    );
  }
}

async function isMounted(directory: string): Promise<boolean> {
  const mounts = await readFile('/proc/mounts', 'utf8');
  return mounts
    .split('\n')
    .some((line) => line.split(' ')[1] === directory.replaceAll(' ', '\\040'));
}
