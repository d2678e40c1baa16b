import { expect, test } from 'vitest';
import { pointsMax, readExemplars } from './exemplars.ts';

const interval = { fromMs: 0, toMs: 4_000_000 };
const one = (timestamp: number, value: string, trace = `t${timestamp}`) => ({
  labels: { trace_id: trace },
  value,
  timestamp,
});

test('of each stretch the highest observation is shown, oldest first', () => {
  const answer = { data: [{ exemplars: [one(250, '0.2'), one(10, '0.1'), one(20, '0.4')] }] };
  expect(readExemplars([answer, {}], interval).map(({ traceId }) => traceId)).toEqual([
    't20',
    't250',
  ]);
});

test('what has no trace, no number or lies outside is left out', () => {
  const exemplars = [
    one(10, 'NaN'),
    one(20, '1', ''),
    one(9_000, '1'),
    { value: '1', timestamp: 5 },
  ];
  expect(readExemplars([{ data: [{ exemplars }] }], interval)).toEqual([]);
});

test('there are never more points than can be told apart', () => {
  const exemplars = Array.from({ length: 4_000 }, (_, at) => one(at, '0.3'));
  expect(readExemplars([{ data: [{ exemplars }] }], interval)).toHaveLength(pointsMax);
});
