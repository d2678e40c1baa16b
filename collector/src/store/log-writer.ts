import { insertBlock } from './day.ts';
import type { Day } from './day.ts';
import { emptyLogBlock, packLogs } from './log-block.ts';
import type { LogBlock } from './log-block.ts';
import { streamKey } from './log-line.ts';
import type { LogLine } from './log-line.ts';
import { wordFilterOf } from './word-filter.ts';

/** Writes lines as one fresh block and indexes it. Call it within a transaction. */
export function writeLogLines(day: Day, lines: readonly LogLine[]): void {
  if (lines.length === 0) return;
  const block = emptyLogBlock();
  const ids = new Map<string, number>();
  for (const { labels, timeNs, line, metadata } of lines) {
    const key = streamKey(labels);
    const id = ids.get(key) ?? streamId(day, key);
    ids.set(key, id);
    block.streams.push(id);
    block.times.push(String(timeNs));
    block.lines.push(line);
    block.metadata.push(Object.keys(metadata).length > 0 ? metadata : 0);
  }
  writeLogBlock(day, block, false);
}

/** Writes a block whose streams are known; sealed blocks get a filter of their words. */
export function writeLogBlock(day: Day, block: LogBlock, sealed: boolean): void {
  const times = block.times.map((time) => Math.floor(Number(time) / 1e6));
  const id = insertBlock(day, {
    kind: 'logs',
    sealed,
    minMs: times.reduce((a, b) => Math.min(a, b)),
    maxMs: times.reduce((a, b) => Math.max(a, b)),
    items: block.lines.length,
    ...packLogs(block),
  });
  const stream = day.sql('INSERT INTO stream_block (stream, block) VALUES (?, ?)');
  for (const streamId of new Set(block.streams)) stream.run(streamId, id);
  if (!sealed) return;
  day.sql('INSERT INTO word_filter (block, bits) VALUES (?, ?)').run(id, wordFilterOf(block.lines));
}

function streamId(day: Day, key: string): number {
  day.sql('INSERT OR IGNORE INTO stream (labels) VALUES (?)').run(key);
  return Number(day.sql('SELECT id FROM stream WHERE labels = ?').get(key)?.['id']);
}
