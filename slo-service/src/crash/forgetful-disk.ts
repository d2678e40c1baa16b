import { dirname } from 'node:path';
import { ForgetfulFile } from '@sprout/journal/crash';
import type { Random } from '@sprout/journal/crash';

/** How a simulated disk misbehaves. */
export interface DiskOptions {
  /** After this many changes and syncs the power is gone and every further one throws. */
  readonly operationsMax?: number;
  /** Syncs do nothing: what a ledger without them would risk. */
  readonly ignoreSync?: boolean;
}

/** The synchronous file operations that SQLite needs, on files in memory that lose power. */
export interface ForgetfulDisk {
  open(path: string, create: boolean): number;
  close(handle: number): void;
  read(handle: number, length: number, offset: number): Buffer;
  write(handle: number, bytes: Uint8Array, offset: number): void;
  truncate(handle: number, length: number): void;
  sync(handle: number): void;
  size(handle: number): number;
  exists(path: string): boolean;
  unlink(path: string): void;
  /** Turns the power off and on again: the disk as it is found afterwards. */
  losePower(random: Random, options?: DiskOptions): ForgetfulDisk;
  isOff(): boolean;
}

type Entries = ReadonlyMap<string, ForgetfulFile>;

/**
 * A disk with the files it was found with. Syncing a file makes its name durable too, as ext4, xfs
 * and btrfs do; removing one is durable when its directory is synced.
 */
export function forgetfulDisk(
  options: DiskOptions = {},
  found: Entries = new Map(),
): ForgetfulDisk {
  const entries = new Map(found);
  const durable = new Map(found);
  const handles = new Map<number, string>();
  let operations = 0;
  let isOff = false;
  const step = () => {
    operations += 1;
    if (operations > (options.operationsMax ?? Infinity)) isOff = true;
    if (isOff) throw new Error('the power is off');
  };
  const fileOf = (handle: number): ForgetfulFile => {
    const file = entries.get(handles.get(handle) ?? '');
    if (file === undefined) throw noSuchFile(handles.get(handle) ?? String(handle));
    return file;
  };
  const syncDirectory = (directory: string) => {
    for (const path of durable.keys()) {
      if (dirname(path) === directory && !entries.has(path)) durable.delete(path);
    }
  };
  return {
    open: (path, create) => {
      if (create && !entries.has(path)) {
        step();
        entries.set(path, new ForgetfulFile());
      }
      const handle = nextHandle++;
      handles.set(handle, path);
      return handle;
    },
    close: (handle) => void handles.delete(handle),
    read: (handle, length, offset) => fileOf(handle).read(length, offset),
    write: (handle, bytes, offset) => {
      step();
      fileOf(handle).write(bytes, offset);
    },
    truncate: (handle, length) => {
      step();
      fileOf(handle).truncate(length);
    },
    sync: (handle) => {
      step();
      if (options.ignoreSync === true) return;
      const path = handles.get(handle) ?? '';
      const file = entries.get(path);
      if (file === undefined) return syncDirectory(path);
      file.sync();
      durable.set(path, file);
    },
    size: (handle) => fileOf(handle).length,
    exists: (path) => entries.has(path),
    unlink: (path) => {
      if (!entries.has(path)) throw noSuchFile(path);
      step();
      entries.delete(path);
    },
    losePower: (random, next = {}) => {
      isOff = true;
      return forgetfulDisk(next, survivors(entries, durable, random));
    },
    isOff: () => isOff,
  };
}

/** Far from the numbers that the system gives its files. */
const firstHandle = 1_000_000_000;
let nextHandle = firstHandle;

/** Whether a number is one of a forgetful disk's. */
export const isForgetful = (handle: number): boolean => handle >= firstHandle;

function survivors(entries: Entries, durable: Entries, random: Random): Entries {
  const found = new Map<string, ForgetfulFile>();
  for (const path of new Set([...entries.keys(), ...durable.keys()])) {
    const current = entries.get(path);
    const synced = durable.get(path);
    const file = current === synced || random() < 0.5 ? synced : current;
    if (file) found.set(path, file.survivor(random));
  }
  return found;
}

function noSuchFile(path: string): Error {
  return Object.assign(new Error(`there is no ${path}`), { code: 'ENOENT' });
}
