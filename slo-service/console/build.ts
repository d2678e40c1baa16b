import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'];

/** Where the built console lies; serve it with `index.html` for every unknown path. */
export const distDirectory = join(root, 'dist');

/**
 * Builds the console into {@link distDirectory} unless the sources are those of the last build.
 * Answers what it did. A server may go on serving the folder meanwhile: new assets come first,
 * `index.html` next, old assets go last.
 */
export async function buildConsole(): Promise<'built' | 'fresh'> {
  const hash = await hashSources();
  if ((await readStamp()) === hash) return 'fresh';
  const staging = join(distDirectory, `.next-${process.pid}`);
  await runVite(staging);
  await publish(staging);
  await writeFile(stampFile, hash);
  return 'built';
}

const stampFile = join(distDirectory, '.stamp');

async function readStamp(): Promise<string | undefined> {
  try {
    return await readFile(stampFile, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(sources.map(filesIn))).flat().toSorted()) {
    hash.update(`${relative(root, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesIn(name: string): Promise<string[]> {
  const path = join(root, name);
  if (/\.\w+$/.test(name)) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Vite is loaded here and not above, because a fresh console does not need it. */
async function runVite(outDir: string): Promise<void> {
  const { build } = await import('vite');
  await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
}

async function publish(staging: string): Promise<void> {
  const assets = join(distDirectory, 'assets');
  await mkdir(assets, { recursive: true });
  await cp(join(staging, 'assets'), assets, { recursive: true });
  const wanted = new Set(await readdir(join(staging, 'assets')));
  await rm(join(staging, 'assets'), { recursive: true });
  for (const name of await readdir(staging)) {
    await rename(join(staging, name), join(distDirectory, name));
  }
  const old = (await readdir(assets)).filter((name) => !wanted.has(name));
  await Promise.all(old.map((name) => rm(join(assets, name), { force: true })));
  await rm(staging, { recursive: true, force: true });
}

if (import.meta.main) process.stdout.write(`console ${await buildConsole()}\n`);
