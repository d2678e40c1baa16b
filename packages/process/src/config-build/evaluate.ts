import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileConfig } from '../define-config.ts';
import { SproutError } from '../error.ts';
import { insteadSchema } from './evaluation.ts';
import type { Evaluation } from './evaluation.ts';
import { withImported } from './imported-objectives.ts';
import { placeOf } from './place.ts';

/** Evaluates the configuration file named on the command line and sends the outcome to its parent. */
const file = process.argv[2] ?? '';
const instead = insteadSchema.parse(JSON.parse(process.argv[3] ?? '{}'));
process.send?.(await outcome(file), () => process.disconnect());

async function outcome(path: string): Promise<Evaluation> {
  try {
    const module = await import(pathToFileURL(path).href);
    if (module.default === undefined) {
      throw new SproutError('CONFIG_INVALID', `${path}: nothing is exported by default`, {
        hint: 'export default defineConfig({ … })',
      });
    }
    const root = dirname(path);
    const declared = instead.imported ? withImported(module.default, root) : module.default;
    const { market, ...input } = declared;
    const chosen = instead.data === undefined ? {} : { data: instead.data };
    return { config: compileConfig({ ...input, market: { ...market, ...chosen } }, root) };
  } catch (error) {
    return { error: describe(error, path) };
  }
}

function describe(error: unknown, path: string) {
  if (error instanceof SproutError) {
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return { code: error.code, message: withPlaces(error.message, path), ...hint };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'CONFIG_INVALID', message: `${path} could not be evaluated:\n${text}` };
}

/**
 * Puts `file:line:col` before each problem whose key can be found in the file; declarations come
 * with their place.
 */
function withPlaces(message: string, path: string): string {
  const source = readSource(path);
  return message
    .split('\n')
    .map((problem) => {
      if (/^\/.*?:\d+:\d+ /.test(problem)) return problem;
      const place = placeOf(problem, source);
      return place === undefined ? problem : `${path}:${place.line}:${place.column} ${problem}`;
    })
    .join('\n');
}

function readSource(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The import has failed for the same reason and says so.
    return '';
  }
}
