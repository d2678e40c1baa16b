import { expect, test } from 'vitest';
import { sampleStatus } from '../objective/sample-status.ts';
import { pairUp } from './promised.ts';

test('the same promise over a shorter window goes with the one that alerts', () => {
  const main = sampleStatus();
  const short = sampleStatus({ id: 'order-latency-2h', window: '2h', alerts: false });
  const other = sampleStatus({ id: 'x', pageGroup: 'x', window: '2h', alerts: false });
  const paired = pairUp([short, main, other]);
  expect(paired.map((one) => one.main.id)).toEqual(['order-latency', 'x']);
  expect(paired[0]?.variants).toEqual([short]);
});
