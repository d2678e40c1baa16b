import { constants } from 'node:fs';
import { mkdir, open, readdir, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { FileLayer, OpenFile } from './file-layer.ts';

/** The real file system. */
export const nodeFiles: FileLayer = {
  async makeDirectory(path) {
    await mkdir(path, { recursive: true });
  },
  list: (directory) => readdir(directory),
  async open(path) {
    return openFile(await open(path, constants.O_RDWR | constants.O_CREAT, 0o600));
  },
  remove: (path) => unlink(path),
  async syncDirectory(path) {
    const directory = await open(path, constants.O_RDONLY);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
};

function openFile(handle: FileHandle): OpenFile {
  return {
    write: (bytes, offset) => writeAll(handle, bytes, offset),
    read: (length, offset) => readAll(handle, length, offset),
    size: async () => (await handle.stat()).size,
    modifiedMs: async () => (await handle.stat()).mtimeMs,
    fdatasync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const rest = bytes.length - written;
    const { bytesWritten } = await handle.write(bytes, written, rest, offset + written);
    written += bytesWritten;
  }
}

async function readAll(handle: FileHandle, length: number, offset: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
