import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What installations make secrets for. */
export type SecretName =
  | 'mysql'
  | 'mysql-exporter'
  | 'redis'
  | 'redis-exporter'
  | 'session'
  | 'webhook';

/** Where a secret lies, for programs that read it themselves; `secret` makes it. */
export function secretPath(place: { readonly dataDir: string }, name: SecretName): string {
  return join(place.dataDir, 'secrets', name);
}

/**
 * A password that this installation made for itself, kept in `<data>/secrets/` for its owner
 * only; made on first use.
 */
export function secret(place: { readonly dataDir: string }, name: SecretName): string {
  const path = secretPath(place, name);
  mkdirSync(join(place.dataDir, 'secrets'), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch {
    // It exists already; what stands there is the secret.
  }
  return readFileSync(path, 'utf8');
}
