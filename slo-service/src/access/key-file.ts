import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SproutError, accessKeySchema, accessKeysMax } from '@sprout/process';
import type { AccessKey, SproutConfig } from '@sprout/process';
import { z } from 'zod';
import { SpokenError } from '../language/spoken-error.ts';

const fileSchema = z.object({ keys: z.array(accessKeySchema).max(accessKeysMax) });

/** The file of hashes that commands and the API write, and every replica reads. */
export interface KeyFile {
  readonly path: string;
  /** Reads the file again when it has changed. */
  keys(): readonly AccessKey[];
  add(key: AccessKey): void;
  /** The key that was taken away; undefined when there was none. */
  remove(id: string): AccessKey | undefined;
}

/** Where the hashes of keys lie. */
export const keysPath = ({ access, dataDir }: Pick<SproutConfig, 'access' | 'dataDir'>): string =>
  access?.keysFile ?? join(dataDir, 'slo-service', 'keys.json');

/** A key file; it need not exist yet. Throws SproutError `KEYS_INVALID`, `KEYS_FULL`. */
export function openKeyFile(path: string): KeyFile {
  let version = '';
  let known: readonly AccessKey[] = [];
  const keys = () => {
    const now = versionOf(path);
    if (now !== version) known = readKeys(path);
    version = now;
    return known;
  };
  return {
    path,
    keys,
    add: (key) => {
      if (keys().length >= accessKeysMax) throw full(path);
      writeKeys(path, [...keys(), key]);
    },
    remove: (id) => {
      const removed = keys().find((one) => one.id === id);
      if (removed !== undefined) {
        writeKeys(
          path,
          keys().filter((one) => one !== removed),
        );
      }
      return removed;
    },
  };
}

/** Changes whenever the file is replaced; empty without a file. */
function versionOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.ino}-${found.mtimeNs}-${found.size}`;
}

function readKeys(path: string): readonly AccessKey[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // No key was made yet.
    return [];
  }
  const parsed = fileSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.keys;
  throw new SproutError('KEYS_INVALID', `${path} is no file of keys: ${parsed.error.message}`, {
    hint: 'restore it, or remove it and make new keys with ./sprout slo key create',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema says that it is no object of keys.
    return undefined;
  }
}

function writeKeys(path: string, keys: readonly AccessKey[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.tmp`;
  writeFileSync(partial, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, path);
}

const full = (path: string) =>
  new SpokenError('KEYS_FULL', {
    message: {
      en: `${path} holds ${accessKeysMax} keys`,
      ko: `${path}에 키가 ${accessKeysMax}개 있어 더 넣을 수 없습니다`,
    },
    hint: {
      en: './sprout slo key revoke takes away what is no longer used',
      ko: '더 이상 쓰지 않는 키를 ./sprout slo key revoke로 폐기하세요',
    },
  });
