import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SproutError } from '../error.ts';
import { runProgram } from '../program/run-program.ts';
import { withServicesHeldBack } from './service-start.ts';

/** Told each line that an installation says. */
export type Progress = (line: string) => void;

/** Package lists older than this are fetched anew before something is installed. */
const listAgeMsMax = 7 * 24 * 3600 * 1000;

/** Installs Debian packages without starting the services they bring. Needs root. */
export async function aptInstall(packages: readonly string[], progress: Progress): Promise<void> {
  await withServicesHeldBack(async () => {
    const install = ['-q', 'install', '-y', '--no-install-recommends', ...packages];
    await run('apt-get', install, process.cwd(), progress);
  });
}

/** Downloads a Debian package and unpacks it into `<into>/<package>`; installs nothing. */
export async function aptUnpack(
  debianPackage: string,
  into: string,
  progress: Progress,
): Promise<void> {
  const fresh = join(into, `${debianPackage}.${process.pid}.new`);
  mkdirSync(fresh, { recursive: true });
  try {
    // Ours is a private folder, which apt's own download user may not enter.
    const asCaller = ['-o', 'APT::Sandbox::User=root'];
    await run('apt-get', ['-q', ...asCaller, 'download', debianPackage], fresh, progress);
    const archive = readdirSync(fresh).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw noArchive(debianPackage);
    await run('dpkg-deb', ['-x', archive, 'root'], fresh, progress);
    rmSync(join(into, debianPackage), { recursive: true, force: true });
    renameSync(join(fresh, 'root'), join(into, debianPackage));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Fetches the package lists. Needs root. */
export function aptUpdate(progress: Progress): Promise<void> {
  return run('apt-get', ['-q', 'update'], '/', progress);
}

/** True when package lists are missing or old. */
export function listsAreStale(directory = '/var/lib/apt/lists', now = Date.now()): boolean {
  const ages = readdirSync(directory)
    .filter((name) => /_Packages(\.\w+)?$/.test(name))
    .map((name) => now - statSync(join(directory, name)).mtimeMs);
  return ages.length === 0 || Math.min(...ages) > listAgeMsMax;
}

function noArchive(debianPackage: string): SproutError {
  return new SproutError('INSTALL_FAILED', `apt-get download ${debianPackage} brought no archive`);
}

function run(
  file: string,
  args: readonly string[],
  cwd: string,
  progress: Progress,
): Promise<void> {
  return runProgram({
    file,
    args,
    cwd,
    env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    code: 'INSTALL_FAILED',
    hint: 'check the network and the package sources (sudo apt-get update), then run the same command again',
    onLine: progress,
  });
}
