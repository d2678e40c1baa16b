import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of declarations that are kept at a time. */
export const declarationFilesMax = 200;

/** A file of OpenSLO documents that was imported rather than written as TypeScript. */
export interface Declarations {
  /** Name of the file without its ending. */
  readonly name: string;
  readonly text: string;
}

/** How files of declarations may be called. */
export const declarationName = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Where files of declarations lie. */
export const declarationsFolder = (dataDir: string) => join(dataDir, 'declarations');

/** What was imported, by name; `sprout config build` declares it beside `sprout.config.ts`. */
export function readDeclarations(dataDir: string): Declarations[] {
  let names: string[];
  try {
    names = readdirSync(declarationsFolder(dataDir)).filter((name) => name.endsWith('.yaml'));
  } catch {
    // Nothing was ever imported.
    return [];
  }
  return names.toSorted().map((file) => ({
    name: file.slice(0, -'.yaml'.length),
    text: readFileSync(join(declarationsFolder(dataDir), file), 'utf8'),
  }));
}

/** Keeps a file of declarations whole or not at all. */
export function writeDeclarations(dataDir: string, { name, text }: Declarations): void {
  mkdirSync(declarationsFolder(dataDir), { recursive: true });
  const path = join(declarationsFolder(dataDir), `${name}.yaml`);
  const partial = `${path}.${process.pid}.tmp`;
  writeFileSync(partial, text);
  renameSync(partial, path);
}

/** Takes a file of declarations away. */
export function removeDeclarations(dataDir: string, name: string): void {
  rmSync(join(declarationsFolder(dataDir), `${name}.yaml`), { force: true });
}
