import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { loadConfig, saveConfig } from '../config.ts';
import type { SproutConfig } from '../config-schema.ts';
import { SproutError } from '../error.ts';
import { evaluationSchema } from './evaluation.ts';
import type { Evaluation, Instead } from './evaluation.ts';

/** Longer than any honest configuration takes to evaluate. */
const evaluationTimeoutMs = 60_000;

/** A compiled configuration and where it was written. */
export interface BuiltConfig {
  readonly config: SproutConfig;
  readonly path: string;
}

/**
 * Evaluates a `sprout.config.ts` in a short process of its own and writes
 * `<dataDir>/config.json`; a compiled `.json` is only read and checked.
 * Throws SproutError `CONFIG_INVALID` with every problem and its place.
 */
export async function buildConfig(file: string, instead: Instead = {}): Promise<BuiltConfig> {
  if (file.endsWith('.json')) return { config: loadConfig(file), path: resolve(file) };
  const config = await evaluated(file, instead);
  const path = join(config.dataDir, 'config.json');
  saveConfig(config, path);
  return { config, path };
}

/**
 * What a file declares, and nothing that only this machine knows: neither what a stack was started
 * with nor the promises that were imported. Writes nothing.
 * Throws SproutError `CONFIG_INVALID`.
 */
export async function declaredConfig(file: string): Promise<SproutConfig> {
  return file.endsWith('.json') ? loadConfig(file) : evaluated(file, { imported: false });
}

async function evaluated(file: string, instead: Instead): Promise<SproutConfig> {
  const evaluation = await evaluate(resolve(file), instead);
  if ('config' in evaluation) return evaluation.config;
  const { code, message, hint } = evaluation.error;
  throw new SproutError(code, message, hint === undefined ? {} : { hint });
}

/** A process of its own, so that a changed file is read anew and its imports stay out of ours. */
async function evaluate(file: string, instead: Instead): Promise<Evaluation> {
  const args = [join(import.meta.dirname, 'evaluate.ts'), file, JSON.stringify(instead)];
  const child = spawn(process.execPath, args, {
    cwd: dirname(file),
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    timeout: evaluationTimeoutMs,
  });
  let answer: Evaluation | undefined;
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  child.on('message', (message) => (answer = evaluationSchema.parse(message)));
  await new Promise<void>((done, reject) => {
    child.once('error', reject);
    child.once('close', () => done());
  });
  if (answer !== undefined) return answer;
  throw new SproutError('CONFIG_INVALID', `${file} could not be evaluated:\n${complaints.trim()}`);
}
