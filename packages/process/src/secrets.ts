import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whose password it is. */
export type SecretName = 'mysql' | 'mysql-exporter' | 'redis' | 'redis-exporter';

/**
 * A password that this installation made for itself, kept in `<data>/secrets/` for its owner
 * only; made on first use.
 */
export function secret(place: { readonly dataDir: string }, name: SecretName): string {
  const path = join(place.dataDir, 'secrets', name);
  mkdirSync(join(place.dataDir, 'secrets'), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch {
    // It exists already; what stands there is the secret.
  }
  return readFileSync(path, 'utf8');
}
