import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { CommandContext } from './command.ts';

/** Generated files: path below their folder, with `/` → text. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Writes the files of a folder and removes those that are no longer generated. */
export function writeGeneratedFiles(files: GeneratedFiles, directory: string): void {
  for (const stale of pathsIn(directory).filter((path) => !files.has(path))) {
    rmSync(join(directory, stale));
  }
  addGeneratedFiles(files, directory);
}

/** Writes into somebody else's folder: what stands there besides stays. */
export function addGeneratedFiles(files: GeneratedFiles, directory: string): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** Prints the files that a command has written, from where it was called; with `--json` as `{files}`. */
export function printFiles(
  { values, print }: Pick<CommandContext, 'values' | 'print'>,
  paths: readonly string[],
): void {
  const files = paths.map((path) => relative(process.cwd(), path));
  if (values['json'] === true) print(JSON.stringify({ files }));
  else files.forEach((file) => print(file));
}

/** The files that stand in a folder, to compare with what would be generated. */
export function readGeneratedFiles(directory: string): GeneratedFiles {
  return new Map(
    pathsIn(directory).map((path) => [path, readFileSync(join(directory, path), 'utf8')]),
  );
}

function pathsIn(directory: string): string[] {
  mkdirSync(directory, { recursive: true });
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .toSorted();
}
