import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SproutError } from '../error.ts';
import { withServicesHeldBack } from './service-start.ts';

/** Told each line that an installation says. */
export type Progress = (line: string) => void;

/** Package lists older than this are fetched anew before something is installed. */
const listAgeMsMax = 7 * 24 * 3600 * 1000;
/** Lines of apt's output that an error quotes. */
const quotedLines = 15;

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
    if (archive === undefined) throw failed('apt-get download', ['it brought no .deb file']);
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

async function run(
  file: string,
  args: readonly string[],
  cwd: string,
  progress: Progress,
): Promise<void> {
  const child = spawn(file, args, {
    cwd,
    // In a session of its own: Ctrl-C reaches it through us, once.
    detached: true,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail: string[] = [];
  const hear = (line: string) => {
    if (line.trim() === '') return;
    tail.push(line);
    if (tail.length > quotedLines) tail.shift();
    progress(line.trim());
  };
  createInterface({ input: child.stdout }).on('line', hear);
  createInterface({ input: child.stderr }).on('line', hear);
  // We outlive it, so that what was changed for it is put back afterwards.
  const interrupt = () => void child.kill('SIGINT');
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => process.off('SIGINT', interrupt).off('SIGTERM', interrupt));
  if (code !== 0) throw failed([file, ...args].join(' '), tail);
}

function failed(command: string, tail: readonly string[]): SproutError {
  const message = [`${command} failed:`, ...tail.map((line) => `  | ${line}`)].join('\n');
  return new SproutError('INSTALL_FAILED', message, {
    hint: 'check the network and the package sources (sudo apt-get update), then run the same command again',
  });
}
