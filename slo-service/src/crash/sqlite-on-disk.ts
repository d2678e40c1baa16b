import fs from 'node:fs';
import wasm from 'node-sqlite3-wasm';
import type { SqliteDatabase, SqliteStatement } from '../storage/sqlite.ts';
import { isForgetful } from './forgetful-disk.ts';
import type { ForgetfulDisk } from './forgetful-disk.ts';

/** Where the simulated disk is mounted; nothing below it reaches the real one. */
export const mountPoint = '/forgetful';

let mounted: ForgetfulDisk | undefined;

/** Puts a disk in the place of the one before it. */
export function mount(disk: ForgetfulDisk): void {
  mounted = disk;
}

/**
 * Opens a database on the mounted disk: SQLite's own code, compiled to WebAssembly, because its
 * file operations are calls of node:fs that can be answered by something else. Without shared
 * memory a write-ahead log needs the exclusive lock; nothing else differs.
 */
export function openOnDisk(path: string): SqliteDatabase {
  const db = new wasm.Database(path);
  db.exec('PRAGMA locking_mode = EXCLUSIVE');
  return {
    exec: (sql) => db.exec(sql),
    prepare: (sql): SqliteStatement => {
      const statement = db.prepare(sql);
      return {
        run: (...values) => statement.run(values),
        get: (...values) => statement.get(values) ?? undefined,
        all: (...values) => statement.all(values),
        iterate: (...values) => statement.all(values),
      };
    },
    close: () => db.close(),
  };
}

const isOurs = (path: unknown): path is string =>
  typeof path === 'string' && path.startsWith(mountPoint);
const isLock = (path: string) => path.endsWith('.lock');

function disk(): ForgetfulDisk {
  if (mounted === undefined) throw new Error('no disk is mounted');
  return mounted;
}

const real = { ...fs };

/** SQLite in WebAssembly looks these up on the module object at each call. */
Object.assign(fs, {
  openSync: (...args: Parameters<typeof fs.openSync>) => {
    const [path, flags] = args;
    if (!isOurs(path)) return real.openSync(...args);
    const create = typeof flags === 'number' && (flags & fs.constants.O_CREAT) !== 0;
    return disk().open(path, create);
  },
  closeSync: (handle: number) =>
    isForgetful(handle) ? disk().close(handle) : real.closeSync(handle),
  readSync: (handle: number, into: Uint8Array, at: number, length: number, offset: number) => {
    if (!isForgetful(handle)) return real.readSync(handle, into, at, length, offset);
    const bytes = disk().read(handle, length, Number(offset));
    into.set(bytes, at);
    return bytes.length;
  },
  writeSync: (handle: number, bytes: Uint8Array, at: number, length: number, offset: number) => {
    if (!isForgetful(handle)) return real.writeSync(handle, bytes, at, length, offset);
    disk().write(handle, bytes.subarray(at, at + length), offset);
    return length;
  },
  ftruncateSync: (handle: number, length: number) =>
    isForgetful(handle) ? disk().truncate(handle, length) : real.ftruncateSync(handle, length),
  fsyncSync: (handle: number) =>
    isForgetful(handle) ? disk().sync(handle) : real.fsyncSync(handle),
  fstatSync: (handle: number) =>
    isForgetful(handle) ? { size: disk().size(handle) } : real.fstatSync(handle),
  accessSync: (path: string, mode?: number) => {
    if (!isOurs(path)) return real.accessSync(path, mode);
    if (!disk().exists(path)) throw new Error(`there is no ${path}`);
  },
  unlinkSync: (path: string) => (isOurs(path) ? disk().unlink(path) : real.unlinkSync(path)),
  // The lock of a process that has lost its power is gone with it.
  mkdirSync: (...args: Parameters<typeof fs.mkdirSync>) =>
    isOurs(args[0]) && isLock(args[0]) ? undefined : real.mkdirSync(...args),
  rmdirSync: (path: string) => (isOurs(path) && isLock(path) ? undefined : real.rmdirSync(path)),
});
