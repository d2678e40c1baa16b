import { unpack } from './block.ts';
import type { Day } from './day.ts';
import { removeLogBlock, removeTraceBlock } from './sealing.ts';

/** Removes a day's oldest blocks until it is a tenth below the limit; its pages are used again. */
export function removeOldestBlocks(day: Day, bytesMax: number): void {
  while (day.bytes() > bytesMax * 0.9) {
    const rows = day.sql('SELECT id, kind, bytes FROM block ORDER BY id LIMIT 16').all();
    if (rows.length === 0) return;
    day.transaction(() => {
      for (const row of rows) {
        const id = Number(row['id']);
        if (row['kind'] === 'logs') removeLogBlock(day, id);
        else removeTraceBlock(day, id, unpack(row['bytes'] as Uint8Array));
      }
    });
  }
}
