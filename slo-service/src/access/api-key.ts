import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AccessKey, Role } from '@sprout/process';

/** A new key and what is kept of it. */
export interface NewKey {
  /** Shown once: `sprout_<id>_<secret>`. */
  readonly key: string;
  readonly kept: AccessKey;
}

/** Makes a key of 256 random bits; only its hash is kept. */
export function createKey(name: string, role: Role, nowMs: number): NewKey {
  const id = randomBytes(4).toString('hex');
  const key = `sprout_${id}_${randomBytes(32).toString('base64url')}`;
  const createdAt = new Date(nowMs).toISOString();
  return { key, kept: { id, name, role, sha256: hashOf(key).toString('hex'), createdAt } };
}

/** True for text that looks like a key of ours, so that nobody else is asked about it. */
export const isKey = (text: string): boolean => text.startsWith('sprout_');

/** The entry of a key among those that are kept. A fast hash does: keys cannot be guessed. */
export function matchKey(key: string, known: readonly AccessKey[]): AccessKey | undefined {
  const id = key.split('_')[1];
  const hash = hashOf(key);
  return known.find(
    (one) => one.id === id && timingSafeEqual(hash, Buffer.from(one.sha256, 'hex')),
  );
}

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();
