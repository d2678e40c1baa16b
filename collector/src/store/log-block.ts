import { pack, unpack } from './block.ts';

/** Lines of a block in columns, which JSON reads fast and zstd packs well. */
export interface LogBlock {
  /** Id of each line's stream in the day's table. */
  readonly streams: number[];
  /** Nanoseconds since 1970, decimal. */
  readonly times: string[];
  readonly lines: string[];
  /** Structured metadata; 0 where there is none. */
  readonly metadata: (Readonly<Record<string, string>> | 0)[];
}

export const emptyLogBlock = (): LogBlock => ({ streams: [], times: [], lines: [], metadata: [] });

export function packLogs(block: LogBlock): { rawBytes: number; bytes: Uint8Array } {
  const raw = Buffer.from(JSON.stringify(block));
  return { rawBytes: raw.length, bytes: pack(raw) };
}

export function unpackLogs(bytes: Uint8Array): LogBlock {
  return JSON.parse(unpack(bytes).toString()) as LogBlock;
}

/** Appends all lines of `from` to `to`. */
export function appendLogs(to: LogBlock, from: LogBlock): void {
  for (const index of from.lines.keys()) {
    to.streams.push(from.streams[index] ?? 0);
    to.times.push(from.times[index] ?? '0');
    to.lines.push(from.lines[index] ?? '');
    to.metadata.push(from.metadata[index] ?? 0);
  }
}
