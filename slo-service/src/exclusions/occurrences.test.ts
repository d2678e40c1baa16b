import assert from 'node:assert/strict';
import { it } from 'node:test';
import { leftOut, minutesIn } from './left-out.ts';
import { occurrences } from './occurrences.ts';
import type { Exclusion } from './exclusion.ts';

type Weekly = Extract<Exclusion['when'], { kind: 'weekly' }>;

const weekly = (more: Partial<Weekly>): Weekly => ({
  kind: 'weekly',
  days: ['sun'],
  at: '02:30',
  minutes: 60,
  zone: 'Europe/Berlin',
  from: '2026-01-01T00:00:00.000Z',
  to: null,
  ...more,
});

const found = (when: Exclusion['when'], from: string, to: string) =>
  occurrences({ when }, { fromMs: Date.parse(from), toMs: Date.parse(to) }).map(
    ({ fromMs, toMs }) => [new Date(fromMs).toISOString(), (toMs - fromMs) / 60_000],
  );

it('a weekly rule follows the wall clock of its zone', () => {
  assert.deepEqual(found(weekly({}), '2026-03-20T00:00Z', '2026-04-06T00:00Z'), [
    ['2026-03-22T01:30:00.000Z', 60],
    // 02:30 does not exist on this Sunday; the clock jumps past it at 01:00 UTC.
    ['2026-03-29T01:00:00.000Z', 60],
    ['2026-04-05T00:30:00.000Z', 60],
  ]);
  assert.deepEqual(found(weekly({}), '2026-10-25T00:00Z', '2026-10-26T00:00Z'), [
    ['2026-10-25T00:30:00.000Z', 60],
  ]);
});

it('a weekly rule holds between its bounds, and reaches across midnight', () => {
  const night = weekly({ days: ['sat'], at: '23:00', minutes: 180, zone: 'UTC' });
  assert.deepEqual(found(night, '2026-11-22T00:00Z', '2026-11-23T00:00Z'), [
    ['2026-11-22T00:00:00.000Z', 120],
  ]);
  const ended = { ...night, to: '2026-11-21T23:30:00.000Z' };
  assert.deepEqual(found(ended, '2026-11-21T00:00Z', '2026-11-30T00:00Z'), [
    ['2026-11-21T23:00:00.000Z', 30],
  ]);
});

it('minutes that two exclusions touch are left out once, revoked ones not at all', () => {
  const minuteMs = 60_000;
  const once = (
    id: string,
    from: number,
    to: number,
    more: Partial<Exclusion> = {},
  ): Exclusion => ({
    id,
    objectives: null,
    when: {
      kind: 'once',
      from: new Date(from * minuteMs).toISOString(),
      to: new Date(to * minuteMs).toISOString(),
    },
    reason: 'test',
    by: 'test',
    createdAt: '2026-01-01T00:00:00.000Z',
    revoked: null,
    ...more,
  });
  const revoked = { at: '2026-01-01T00:00:00.000Z', by: 'test', reason: 'test' };
  const all = [
    once('a', 110, 120),
    once('b', 114.5, 130.2),
    once('c', 140, 150, { objectives: ['other'] }),
    once('d', 160, 170, { revoked }),
  ];
  const out = leftOut(all, 'mine', { fromMinute: 100, toMinute: 200 }, minuteMs);
  assert.deepEqual(out, {
    spans: [{ fromMinute: 110, toMinute: 131 }],
    exclusions: ['a', 'b'],
  });
  assert.equal(minutesIn(out.spans), 21);
});
