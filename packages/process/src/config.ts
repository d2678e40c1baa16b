import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { configSchema } from './config-schema.ts';
import type { SproutConfig } from './config-schema.ts';
import { SproutError } from './error.ts';

/** Path of the compiled configuration: `$SPROUT_CONFIG`, else `.sprout/config.json`. */
export function configPath(): string {
  return process.env['SPROUT_CONFIG'] ?? join(process.cwd(), '.sprout', 'config.json');
}

/**
 * Reads the compiled configuration.
 * Throws SproutError `CONFIG_MISSING` or `CONFIG_INVALID`.
 */
export function loadConfig(path: string = configPath()): SproutConfig {
  return checked(configSchema, path);
}

/**
 * Where the data of a compiled configuration lies, also of one that another version of Sprout has
 * written: what it started can be stopped after an upgrade. Throws as `loadConfig` does.
 */
export function loadDataDir(path: string = configPath()): string {
  return checked(configSchema.pick({ dataDir: true }), path).dataDir;
}

function checked<Output>(schema: z.ZodType<Output>, path: string): Output {
  const parsed = schema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new SproutError('CONFIG_INVALID', `${path}:\n${problems.join('\n')}`, {
    hint: 'run ./sprout config build',
  });
}

/** Writes the compiled configuration whole or not at all. */
export function saveConfig(config: SproutConfig, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.tmp`;
  writeFileSync(partial, `${JSON.stringify(config, null, 2)}\n`);
  renameSync(partial, path);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new SproutError('CONFIG_MISSING', `cannot read the configuration ${path}`, {
      hint: 'run ./sprout config build',
      cause,
    });
  }
}
