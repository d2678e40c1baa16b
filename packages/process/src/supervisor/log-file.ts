import { copyFileSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/** Size at which a log is set aside; with the one set aside, a process keeps twice as much. */
export const logBytesMax = 16 * 1024 * 1024;

/** Where a process' output goes, `<data>/logs/<name>.log`. */
export function logPath(dataDir: string, name: string): string {
  return join(dataDir, 'logs', `${name}.log`);
}

/**
 * Opens a log for appending. The process writes to the file itself, so that its last words arrive
 * even if the supervisor has died before it.
 */
export function openLog(dataDir: string, name: string): number {
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  return openSync(logPath(dataDir, name), 'a');
}

/** Copies a log that has grown too large to `<name>.log.1` and empties it. */
export function rotateLog(path: string, bytesMax: number = logBytesMax): void {
  if (sizeOf(path) < bytesMax) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
}

/** The last lines of a log; none when there is no log. */
export function logTail(path: string, lineCount: number): string[] {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lineCount);
  } catch {
    // Nothing was logged.
    return [];
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
