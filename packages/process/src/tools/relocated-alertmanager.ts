import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Debian builds this folder into the program, which does not start without its templates. */
const builtInAssets = '/usr/share/prometheus/alertmanager';
/** The working directory, written as long as `builtInAssets`. */
const workingDirectory = './'.repeat(builtInAssets.length / 2);
const neededAsset = 'default.tmpl';

/**
 * Makes an Alertmanager that was unpacked rather than installed startable: a copy in `directory`
 * that looks for its templates in the working directory. Needs no rights and writes nothing
 * outside `directory`. An installed Alertmanager, or one that carries its templates, is left
 * alone.
 */
export function relocateAlertmanager(binary: string, directory: string): void {
  // One left by an earlier start may stem from another Alertmanager.
  rmSync(copyIn(directory), { force: true });
  if (existsSync(join(builtInAssets, neededAsset))) return;
  if (!existsSync(join(assetsOf(binary), neededAsset))) return;
  const program = readFileSync(binary);
  if (replaceAll(program, builtInAssets, workingDirectory) === 0) return;
  const copy = copyIn(directory);
  writeFileSync(`${copy}.new`, program, { mode: 0o755 });
  renameSync(`${copy}.new`, copy);
}

/** How to start Alertmanager: the copy from the folder of its templates, else as it is. */
export function launchAlertmanager(
  binary: string,
  directory: string,
  args: readonly string[],
): { file: string; args: readonly string[] } {
  const copy = copyIn(directory);
  if (!existsSync(copy)) return { file: binary, args };
  const enter = 'cd "$1" && shift && exec "$@"';
  return { file: '/bin/sh', args: ['-c', enter, 'sh', assetsOf(binary), copy, ...args] };
}

/** Beside the program in the unpacked package: `usr/bin/…` and `usr/share/…`. */
const assetsOf = (binary: string): string =>
  join(dirname(binary), '..', 'share', 'prometheus', 'alertmanager');

const copyIn = (directory: string): string => join(directory, 'alertmanager');

function replaceAll(bytes: Buffer, from: string, to: string): number {
  let count = 0;
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + to.length)) {
    bytes.write(to, at, 'latin1');
    count += 1;
  }
  return count;
}
