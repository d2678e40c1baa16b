import { expect, test } from 'vitest';
import { readLogs } from './loki.ts';

const stream = (
  labels: Record<string, string>,
  seconds: number,
  line: string,
  metadata?: unknown,
) => ({
  stream: labels,
  values: [[`${seconds}000000000`, line, metadata] as const],
});

test('lines of all streams come newest first', () => {
  const answer = {
    data: { result: [stream({ service: 'a' }, 1, 'one'), stream({ service: 'b' }, 2, 'two')] },
  };
  expect(readLogs(answer).map(({ text, service }) => `${service} ${text}`)).toEqual([
    'b two',
    'a one',
  ]);
});

test('level, message and trace id are found in JSON lines and in metadata', () => {
  const json = JSON.stringify({ level: 'ERROR', message: 'no stock', trace_id: 'abc', tries: 3 });
  const [line] = readLogs({ data: { result: [stream({ service: 'order' }, 1, json)] } });
  expect(line).toMatchObject({
    level: 'error',
    text: 'no stock',
    traceId: 'abc',
    details: 'tries=3',
  });
  expect(line?.labels).toMatchObject({ service: 'order', tries: '3' });
  const [other] = readLogs({
    data: { result: [stream({ service: 'order' }, 1, 'plain', { trace_id: 'def' })] },
  });
  expect(other).toMatchObject({ text: 'plain', traceId: 'def' });
});

test('a line that only looks like JSON stays as it is', () => {
  const [line] = readLogs({ data: { result: [stream({}, 1, '{"broken')] } });
  expect(line?.text).toBe('{"broken');
  expect(readLogs({})).toEqual([]);
});
