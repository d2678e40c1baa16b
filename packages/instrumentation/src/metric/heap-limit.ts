import { getHeapStatistics } from 'node:v8';

const oldSpaceFlag = /--max[-_]old[-_]space[-_]size=(\d+)/g;
const mebibyte = 1024 * 1024;

/**
 * Bytes at which the heap of this process is full. V8's own figure adds the room of young objects,
 * up to 48 MiB, which a small heap never gets to use: it ends when the old ones have filled theirs.
 */
export function heapLimitBytes(): number {
  const flags = [process.env['NODE_OPTIONS'] ?? '', ...process.execArgv].join(' ');
  const oldSpace = [...flags.matchAll(oldSpaceFlag)].at(-1)?.[1];
  const { heap_size_limit: limit } = getHeapStatistics();
  return oldSpace === undefined ? limit : Math.min(limit, Number(oldSpace) * mebibyte);
}
