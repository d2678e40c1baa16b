import { join, resolve } from 'node:path';
import { importOpenSlo } from '@sprout/objectives/openslo';
import { declarationsFolder, readDeclarations } from '../declarations/declaration-files.ts';
import type { ConfigInput } from '../define-config.ts';
import { SproutError } from '../error.ts';

/**
 * A configuration with the objectives that were imported into its data directory.
 * Throws SproutError `CONFIG_INVALID` when a file there is no OpenSLO.
 */
export function withImported(input: ConfigInput, root: string): ConfigInput {
  const dataDir = resolve(root, input.dataDir ?? '.sprout');
  const files = readDeclarations(dataDir).map(({ name, text }) => ({
    path: join(declarationsFolder(dataDir), `${name}.yaml`),
    ...importOpenSlo(text),
  }));
  const problems = files.flatMap((file) =>
    file.problems.map(({ line, path, message }) => `${file.path}:${line}: ${path}: ${message}`),
  );
  if (problems.length > 0) {
    throw new SproutError('CONFIG_INVALID', problems.join('\n'), {
      hint: 'correct or remove the file, and run ./sprout config build',
    });
  }
  const imported = files.flatMap(({ objectives }) => objectives);
  return { ...input, objectives: [...input.objectives, ...imported] };
}
