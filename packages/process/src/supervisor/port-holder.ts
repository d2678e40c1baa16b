import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Who listens on a port. */
export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

/** State "listening" in `/proc/net/tcp`. */
const listening = '0A';

/** The process that listens on a TCP port; undefined when none does or it may not be seen. */
export function portHolder(port: number): PortHolder | undefined {
  const inodes = new Set(listeningSockets(port));
  if (inodes.size === 0) return undefined;
  const pid = numericEntries('/proc').find((candidate) => holdsSocket(candidate, inodes));
  return pid === undefined ? undefined : { pid, command: commandOf(pid) };
}

function listeningSockets(port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((table) => lines(table).slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === listening && local?.endsWith(`:${hexPort}`))
    .flatMap((fields) => fields[9] ?? []);
}

function holdsSocket(pid: number, inodes: ReadonlySet<string>): boolean {
  const directory = `/proc/${pid}/fd`;
  return entries(directory).some((descriptor) => {
    const inode = /^socket:\[(\d+)\]$/.exec(linkTarget(`${directory}/${descriptor}`))?.[1];
    return inode !== undefined && inodes.has(inode);
  });
}

function commandOf(pid: number): string {
  return lines(`/proc/${pid}/cmdline`).join('\n').replaceAll('\0', ' ').trim();
}

function numericEntries(directory: string): number[] {
  return entries(directory).map(Number).filter(Number.isInteger);
}

function lines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n');
  } catch {
    // Gone since it was listed, or not ours to read.
    return [];
  }
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // Gone since it was listed, or not ours to read.
    return [];
  }
}

function linkTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    // Closed since it was listed.
    return '';
  }
}
