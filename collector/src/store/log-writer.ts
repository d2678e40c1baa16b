import { insertBlock } from './day.ts';
import type { Day } from './day.ts';
import { emptyLogBlock, packLogs } from './log-block.ts';
import type { LogBlock } from './log-block.ts';
import { streamKey } from './log-line.ts';
import type { LogLine } from './log-line.ts';
import { wordFilterOf } from './word-filter.ts';

/** Label sets of one day; lines of further ones share a stream and keep their labels as metadata. */
export const streamsPerDayMax = 20_000;

/** Writes lines as one fresh block and indexes it. Call it within a transaction. */
export function writeLogLines(day: Day, lines: readonly LogLine[]): void {
  if (lines.length === 0) return;
  const block = emptyLogBlock();
  const ids = new Map<string, number>();
  for (const given of lines) {
    const { timeNs, line, metadata, id } = withStream(day, ids, given);
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

function withStream(day: Day, ids: Map<string, number>, line: LogLine): LogLine & { id: number } {
  const key = streamKey(line.labels);
  const id = ids.get(key) ?? streamId(day, key);
  if (id !== undefined) {
    ids.set(key, id);
    return { ...line, id };
  }
  const labels = { service: line.labels['service'] ?? '', stream: 'overflow' };
  const overflow = streamId(day, streamKey(labels), Number.POSITIVE_INFINITY) ?? 0;
  return { ...line, labels, metadata: { ...line.labels, ...line.metadata }, id: overflow };
}

/** The id of a label set; undefined when it is new and there are too many. */
function streamId(day: Day, key: string, streamsMax = streamsPerDayMax): number | undefined {
  const known = day.sql('SELECT id FROM stream WHERE labels = ?').get(key);
  if (known !== undefined) return Number(known['id']);
  const streams = Number(day.sql('SELECT max(id) AS streams FROM stream').get()?.['streams'] ?? 0);
  if (streams >= streamsMax) return undefined;
  return Number(day.sql('INSERT INTO stream (labels) VALUES (?)').run(key).lastInsertRowid);
}
