import { unpack } from './block.ts';
import type { BlockKind, Day } from './day.ts';
import { appendLogs, emptyLogBlock, unpackLogs } from './log-block.ts';
import { writeLogBlock } from './log-writer.ts';
import { writeTraceBlock, summarize } from './trace-writer.ts';

/** Fresh blocks are merged when there are this many of a kind … */
const freshBlocksMax = 64;
/** … or this many bytes before packing. */
const freshBytesMax = 1024 * 1024;

/**
 * Merges fresh blocks into a sealed one when enough have gathered: small blocks make telemetry
 * findable at once, large ones pack well and keep the index small. Call it within a transaction.
 */
export function sealFresh(day: Day, kind: BlockKind): void {
  const fresh = day
    .sql(
      'SELECT count(*) AS blocks, sum(raw_bytes) AS bytes FROM block WHERE kind = ? AND sealed = 0',
    )
    .get(kind);
  const enough =
    Number(fresh?.['blocks']) >= freshBlocksMax || Number(fresh?.['bytes']) >= freshBytesMax;
  if (!enough) return;
  if (kind === 'traces') sealTraces(day);
  else sealLogs(day);
}

function sealTraces(day: Day): void {
  const blocks = freshBlocks(day, 'traces').map(({ id, bytes }) => ({ id, bytes: unpack(bytes) }));
  for (const { id, bytes } of blocks) removeTraceBlock(day, id, bytes);
  writeTraceBlock(
    day,
    blocks.map(({ bytes }) => bytes),
    true,
  );
}

function sealLogs(day: Day): void {
  const merged = emptyLogBlock();
  for (const { id, bytes } of freshBlocks(day, 'logs')) {
    appendLogs(merged, unpackLogs(bytes));
    removeLogBlock(day, id);
  }
  writeLogBlock(day, merged, true);
}

function freshBlocks(day: Day, kind: BlockKind): { id: number; bytes: Uint8Array }[] {
  return day
    .sql('SELECT id, bytes FROM block WHERE kind = ? AND sealed = 0 ORDER BY id')
    .all(kind)
    .map((row) => ({ id: Number(row['id']), bytes: row['bytes'] as Uint8Array }));
}

/** Removes a block and what points at it; `bytes` is its unpacked content. */
export function removeTraceBlock(day: Day, id: number, bytes: Uint8Array): void {
  const { traces, services } = summarize(bytes);
  const trace = day.sql('DELETE FROM trace_block WHERE trace = ? AND block = ?');
  for (const traceId of traces) trace.run(Buffer.from(traceId, 'hex'), id);
  const service = day.sql('DELETE FROM service_block WHERE service = ? AND block = ?');
  for (const name of services.keys()) service.run(name, id);
  day.sql('DELETE FROM block WHERE id = ?').run(id);
}

export function removeLogBlock(day: Day, id: number): void {
  const streams = day.sql('SELECT id FROM stream').all();
  const stream = day.sql('DELETE FROM stream_block WHERE stream = ? AND block = ?');
  for (const row of streams) stream.run(Number(row['id']), id);
  day.sql('DELETE FROM word_filter WHERE block = ?').run(id);
  day.sql('DELETE FROM block WHERE id = ?').run(id);
}
