import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDay } from './day.ts';
import { unpackLogs } from './log-block.ts';
import { streamsPerDayMax, writeLogLines } from './log-writer.ts';

test('label sets beyond the limit share a stream and keep their labels as metadata', () => {
  const day = openDay(':memory:', '2026-11-23');
  const line = { timeNs: 1n, line: 'x', metadata: { m: '1' } };
  writeLogLines(day, [{ ...line, labels: { service: 'known' } }]);
  day.sql('INSERT INTO stream (id, labels) VALUES (?, ?)').run(streamsPerDayMax, '[]');
  const more = ['a', 'b'].map((pod) => ({ ...line, labels: { service: 'order', pod } }));
  writeLogLines(day, [{ ...line, labels: { service: 'known' } }, ...more]);
  const [, second] = day.sql('SELECT bytes FROM block ORDER BY id').all();
  const block = unpackLogs(second?.['bytes'] as Uint8Array);
  assert.deepEqual(block.streams, [1, streamsPerDayMax + 1, streamsPerDayMax + 1]);
  assert.deepEqual(block.metadata, [
    { m: '1' },
    { service: 'order', pod: 'a', m: '1' },
    { service: 'order', pod: 'b', m: '1' },
  ]);
  day.close();
});
