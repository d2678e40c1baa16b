import { setImmediate as nextTurn } from 'node:timers/promises';
import { blockBytes, toBlockRow } from './day.ts';
import type { BlockRow, Day } from './day.ts';
import { unpackLogs } from './log-block.ts';
import { labelsOfKey } from './log-line.ts';
import type { LogLine } from './log-line.ts';
import type { Store } from './store.ts';
import { mayHold } from './word-filter.ts';

/** What to read: streams by their labels, lines from `fromNs` (inclusive) to `toNs` (exclusive). */
export interface LogSearch {
  readonly fromNs: bigint;
  readonly toNs: bigint;
  matchesStream(labels: Readonly<Record<string, string>>): boolean;
  /** Words every wanted line certainly has; blocks without them are not read. */
  readonly words: readonly string[];
  readonly direction: 'forward' | 'backward';
}

/**
 * Visits the lines of a search block by block, in the order of the blocks' times; within and between
 * blocks that overlap the order is the caller's to make. `visit` returns false to stop; it is told
 * the time that all later blocks lie beyond. Other work goes on between blocks.
 */
export async function readLogs(
  store: Store,
  search: LogSearch,
  visit: (lines: readonly LogLine[], boundaryMs: number) => boolean,
): Promise<void> {
  const blocks = store.days().flatMap((day) => blocksOf(day, search));
  const backward = search.direction === 'backward';
  blocks.sort((a, b) => (backward ? b.row.maxMs - a.row.maxMs : a.row.minMs - b.row.minMs));
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1]?.row;
    const end = backward ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const boundary = next === undefined ? end : backward ? next.maxMs : next.minMs;
    if (!visit(linesOf(block, search), boundary)) return;
    await nextTurn();
  }
}

/** Label sets of all streams that have lines in the time range. */
export function readStreams(
  store: Store,
  fromMs: number,
  toMs: number,
): Readonly<Record<string, string>>[] {
  const keys = new Set<string>();
  for (const day of store.days()) {
    const rows = day
      .sql(
        `SELECT labels FROM stream WHERE EXISTS (
           SELECT 1 FROM stream_block JOIN block ON block.id = stream_block.block
           WHERE stream_block.stream = stream.id AND block.max_ms >= ? AND block.min_ms <= ?)`,
      )
      .all(fromMs, toMs);
    for (const row of rows) keys.add(String(row['labels']));
  }
  return [...keys].map(labelsOfKey);
}

interface Candidate {
  readonly day: Day;
  readonly row: BlockRow;
  readonly streams: ReadonlyMap<number, Readonly<Record<string, string>>>;
}

function blocksOf(day: Day, search: LogSearch): Candidate[] {
  const streams = matchingStreams(day, search);
  if (streams.size === 0) return [];
  const rows = day
    .sql(
      `SELECT block.id, min_ms, max_ms, bits FROM block
       LEFT JOIN word_filter ON word_filter.block = block.id
       WHERE kind = 'logs' AND max_ms >= ? AND min_ms <= ?
         AND EXISTS (SELECT 1 FROM stream_block JOIN json_each(?) ON json_each.value = stream
                     WHERE stream_block.block = block.id)`,
    )
    .all(millis(search.fromNs), millis(search.toNs), JSON.stringify([...streams.keys()]));
  return rows
    .filter((row) => row['bits'] === null || mayHold(row['bits'] as Uint8Array, search.words))
    .map((row) => ({ day, row: toBlockRow(row), streams }));
}

function matchingStreams(day: Day, search: LogSearch) {
  const streams = new Map<number, Readonly<Record<string, string>>>();
  for (const row of day.sql('SELECT id, labels FROM stream').all()) {
    const labels = labelsOfKey(String(row['labels']));
    if (search.matchesStream(labels)) streams.set(Number(row['id']), labels);
  }
  return streams;
}

function linesOf({ day, row, streams }: Candidate, search: LogSearch): LogLine[] {
  const bytes = blockBytes(day, row.id);
  if (bytes === undefined) return [];
  const block = unpackLogs(bytes);
  const lines: LogLine[] = [];
  for (const [index, line] of block.lines.entries()) {
    const labels = streams.get(block.streams[index] ?? 0);
    if (labels === undefined) continue;
    const timeNs = BigInt(block.times[index] ?? 0);
    if (timeNs < search.fromNs || timeNs >= search.toNs) continue;
    lines.push({ labels, timeNs, line, metadata: block.metadata[index] || {} });
  }
  return lines;
}

function millis(ns: bigint): number {
  return Number(ns / 1_000_000n);
}
