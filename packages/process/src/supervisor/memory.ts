import { readFileSync } from 'node:fs';

/**
 * Proportional set size of a process in bytes: its own memory plus its share of what it shares.
 * Undefined when the process is gone or belongs to somebody else.
 */
export function pssBytes(pid: number): number | undefined {
  try {
    const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return kibibytes === null ? undefined : Number(kibibytes[1]) * 1024;
  } catch {
    // The process has ended, or may not be read.
    return undefined;
  }
}
