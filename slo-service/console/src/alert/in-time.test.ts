import { expect, test } from 'vitest';
import { inTime } from './in-time.ts';

const startedAt = '2026-11-23T10:00:00.000Z';
const ended = { startedAt, endedAt: '2026-11-23T10:20:00.000Z' };

test('a link to Grafana or to the console shows the time of the alert, not the last hour', () => {
  expect(inTime('https://g.example/d/redis?var-instance=a:1&from=now-1h&to=now', ended)).toBe(
    `https://g.example/d/redis?var-instance=a%3A1&from=${Date.parse('2026-11-23T09:00Z')}&to=${Date.parse('2026-11-23T10:20Z')}`,
  );
  expect(inTime('/objective/x?range=1h', ended)).toBe(
    '/objective/x?from=2026-11-23T09%3A00Z&to=2026-11-23T10%3A20Z',
  );
  expect(inTime('/objective/x?range=1h', { startedAt, endedAt: null })).toMatch(/&to=now$/);
});

test('a link that says no time, or another one, stays as it is', () => {
  for (const url of ['/', 'https://g.example/d/x', '/dashboards/redis?range=6h&var-a=b+c']) {
    expect(inTime(url, ended)).toBe(url);
  }
});
