import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SproutError } from '@sprout/process';
import { z } from 'zod';

const fileSchema = z.object({
  /** Name in the folder of the backup. */
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
});

/** What a backup holds; written last, so that a folder with it is whole. */
export const manifestSchema = z.object({
  version: z.literal(1),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  files: z.array(fileSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;

const manifestName = 'manifest.json';

/** Measures the files of a backup and writes its manifest. */
export async function writeManifest(
  directory: string,
  names: readonly string[],
  createdAt: string,
): Promise<Manifest> {
  const files = await Promise.all(names.map((name) => measure(directory, name)));
  const manifest: Manifest = { version: 1, createdAt, files };
  await writeFile(join(directory, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/**
 * Reads a backup's manifest and checks every file against it.
 * Throws SproutError `BACKUP_INVALID`, naming what differs.
 */
export async function readManifest(directory: string): Promise<Manifest> {
  const text = await readFile(join(directory, manifestName), 'utf8').catch(() => undefined);
  if (text === undefined) throw invalid(`${directory} has no ${manifestName}`);
  const manifest = parse(directory, text);
  for (const expected of manifest.files) {
    const found = await measure(directory, expected.name).catch(() => undefined);
    if (found === undefined) throw invalid(`${expected.name} is missing`);
    if (found.sha256 !== expected.sha256) throw invalid(`${expected.name} is not what was written`);
  }
  return manifest;
}

function parse(directory: string, text: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw invalid(`${manifestName} in ${directory} is not what was written`, error);
  }
}

async function measure(directory: string, name: string): Promise<z.infer<typeof fileSchema>> {
  const path = join(directory, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { name, bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

function invalid(message: string, cause?: unknown): SproutError {
  return new SproutError('BACKUP_INVALID', message, {
    hint: 'choose another backup; ./sprout data list names them',
    cause,
  });
}
