import { expect, test } from 'vitest';
import { exclusionOf, fieldInstant, fieldTime } from './exclusion-input.ts';

test('a field of time is read back as the instant it shows', () => {
  const at = Date.UTC(2026, 10, 23, 12, 5);
  for (const clock of ['utc', 'local'] as const) {
    expect(fieldInstant(fieldTime(at, clock), clock)).toBe('2026-11-23T12:05:00.000Z');
  }
  expect(fieldInstant('soon', 'utc')).toBe('soon');
});

test('no objective named means all of them', () => {
  const form = new FormData();
  form.set('from', '2026-11-23T12:00');
  form.set('to', '2026-11-23T13:00');
  form.set('reason', ' a move ');
  form.set('by', 'ana');
  expect(exclusionOf('once', form, 'utc')).toEqual({
    objectives: null,
    reason: 'a move',
    by: 'ana',
    when: { kind: 'once', from: '2026-11-23T12:00:00.000Z', to: '2026-11-23T13:00:00.000Z' },
  });
  form.set('objectives', 'order-db, order-saga');
  expect(exclusionOf('once', form, 'utc')).toMatchObject({
    objectives: ['order-db', 'order-saga'],
  });
});
