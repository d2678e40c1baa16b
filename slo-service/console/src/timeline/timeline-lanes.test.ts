import { expect, test } from 'vitest';
import { samplePage } from '../alert/sample-page.ts';
import { overlapping, timelineLanes } from './timeline-lanes.ts';

const hourMs = 3_600_000;
const interval = { fromMs: 0, toMs: 10 * hourMs };
const at = (hour: number) => new Date(hour * hourMs).toISOString();

test('bars lie where the alert fired, cut at the ends, a lane per group', () => {
  const lanes = timelineLanes(
    [
      samplePage({ id: 'a', startedAt: at(-5), endedAt: at(1) }),
      samplePage({ id: 'b', startedAt: at(5), endedAt: null }),
      samplePage({ id: 'c', startedAt: at(2), endedAt: at(4), pageGroup: 'db' }),
    ],
    interval,
  );
  expect(
    lanes.map(({ group, bars }) => [group, bars.map((bar) => [bar.start, bar.length])]),
  ).toEqual([
    ['db', [[0.2, 0.2]]],
    [
      'route-order',
      [
        [0, 0.1],
        [0.5, 0.5],
      ],
    ],
  ]);
});

test('only alerts of the interval are listed, newest first', () => {
  const pages = [
    samplePage({ id: 'before', startedAt: at(-5), endedAt: at(-1) }),
    samplePage({ id: 'early', startedAt: at(-5), endedAt: at(1) }),
    samplePage({ id: 'late', startedAt: at(5) }),
    samplePage({ id: 'after', startedAt: at(11) }),
  ];
  expect(overlapping(pages, interval).map(({ id }) => id)).toEqual(['late', 'early']);
});
