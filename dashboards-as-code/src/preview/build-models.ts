import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileConfig } from '@sprout/process';
import type { ConfigInput } from '@sprout/process';
import { modelFiles } from '../generated/models.ts';

/*
 * A process of its own, so that changed sources are read anew: evaluates sprout.config.ts and
 * writes the models that differ into a directory. Prints the dashboards that changed.
 */
const projectRoot = join(import.meta.dirname, '../../..');
const [directory = ''] = process.argv.slice(2);
const { default: input } = (await import(
  pathToFileURL(join(projectRoot, 'sprout.config.ts')).href
)) as { default: ConfigInput };
for (const [name, text] of modelFiles(compileConfig(input, projectRoot))) {
  const path = join(directory, name);
  if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
  // Whoever reads meanwhile sees the old file or the new one.
  await writeFile(`${path}.next`, text);
  await rename(`${path}.next`, path);
  process.stdout.write(`${name.replace(/\.json$/, '')}\n`);
}
