import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SproutError } from './error.ts';
import type { SecretSource } from './slo-service-config.ts';

/** What installations make secrets for. */
export type SecretName =
  | 'mysql'
  | 'mysql-exporter'
  | 'mysql-keeper'
  | 'mysql-replication'
  | 'redis'
  | 'redis-market'
  | 'redis-exporter'
  | 'session'
  | 'webhook'
  | 'oidc-gateway'
  | 'oidc-load'
  | 'oidc-batch-order';

/** Where a secret lies, for programs that read it themselves; `secret` makes it. */
export function secretPath(place: { readonly dataDir: string }, name: SecretName): string {
  return join(place.dataDir, 'secrets', name);
}

/**
 * A password: `$SPROUT_SECRET_<NAME>` when it is set, as where the server is somebody else's, or
 * one that this installation made for itself, kept in `<data>/secrets/` for its owner only; made
 * on first use.
 */
export function secret(place: { readonly dataDir: string }, name: SecretName): string {
  return (
    process.env[secretVariable(name)] ??
    keptSecret(place, name, () => randomBytes(24).toString('hex'))
  );
}

/** The variable that takes the place of a secret of this installation's own making. */
export function secretVariable(name: SecretName): string {
  return `SPROUT_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** A text in `<data>/secrets/` that only its owner can read, made on first use. */
export function keptSecret(
  { dataDir }: { readonly dataDir: string },
  name: string,
  make: () => string,
): string {
  const path = join(dataDir, 'secrets', name);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // There is none yet.
  }
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, make(), { mode: 0o600, flag: 'wx' });
  } catch {
    // Another process was first; what it made is the secret.
  }
  return readFileSync(path, 'utf8');
}

/** Reads a password from where the configuration says; throws SproutError `SECRET_MISSING`. */
export function readSecret(source: SecretSource): string {
  const text = 'env' in source ? process.env[source.env] : readText(source.file);
  // Files of secrets usually end with a line break.
  const value = text?.trimEnd() ?? '';
  if (value !== '') return value;
  const place = 'env' in source ? `the variable ${source.env}` : `the file ${source.file}`;
  throw new SproutError('SECRET_MISSING', `${place} holds no secret`, {
    hint: 'set it where the process is started, or correct sprout.config.ts',
  });
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A file that is not there or not ours is reported like an empty one.
    return undefined;
  }
}
