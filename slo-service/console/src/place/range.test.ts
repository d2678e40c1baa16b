import { expect, test } from 'vitest';
import { parseRange, readRange, resolveRange, shiftRange, writeRange } from './range.ts';
import type { Range } from './range.ts';
import { changedQuery, shortHref } from './place.ts';

const all: Range = { kind: 'all' };
const hourMs = 3_600_000;

test.each(['3h', '24h', '7d', '1d12h', '90s', 'all'])('%s comes back out of the URL', (text) => {
  const range = parseRange(text);
  expect(range).toBeDefined();
  const query = changedQuery(new URLSearchParams(), writeRange(range ?? all));
  expect(readRange(query, { kind: 'last', seconds: 1 })).toEqual(range);
});

test('a fixed range comes back to the second, as UTC', () => {
  const range: Range = {
    kind: 'fixed',
    fromMs: Date.parse('2026-11-23T10:00:00Z'),
    toMs: Date.parse('2026-11-23T11:30:15Z'),
  };
  const query = changedQuery(new URLSearchParams('range=3h'), writeRange(range));
  expect(shortHref('/objective/x', query)).toBe(
    '/objective/x?from=2026-11-23T10:00Z&to=2026-11-23T11:30:15Z',
  );
  expect(readRange(query, all)).toEqual(range);
});

test('a link that ends now shows what has passed since its begin', () => {
  const query = new URLSearchParams('from=2026-11-23T10:00:00Z&to=now');
  const nowMs = Date.parse('2026-11-23T11:02:30Z');
  expect(readRange(query, all, nowMs)).toEqual({ kind: 'last', seconds: 63 * 60 });
  expect(readRange(query, all, Date.parse('2026-11-23T09:00Z'))).toEqual(all);
});

test.each(['', '3', '3 h', '-3h', '0s', 'yesterday'])('"%s" is no range', (text) => {
  expect(parseRange(text)).toBeUndefined();
});

test('unreadable and backward ranges in a URL fall back', () => {
  expect(readRange(new URLSearchParams('range=soon'), all)).toEqual(all);
  const backward = new URLSearchParams('from=2026-11-23T11:00Z&to=2026-11-23T10:00Z');
  expect(readRange(backward, all)).toEqual(all);
});

test('all is the window, the last hour ends now', () => {
  expect(resolveRange(all, 100 * hourMs, 3600)).toEqual({
    fromMs: 99 * hourMs,
    toMs: 100 * hourMs,
  });
  const hour: Range = { kind: 'last', seconds: 3600 };
  expect(resolveRange(hour, 100 * hourMs, 1)).toEqual({ fromMs: 99 * hourMs, toMs: 100 * hourMs });
});

test('shifting goes by half a range and never beyond now', () => {
  const now = 100 * hourMs;
  const interval = { fromMs: 98 * hourMs, toMs: now };
  expect(shiftRange(interval, -1, now)).toEqual({
    kind: 'fixed',
    fromMs: 97 * hourMs,
    toMs: 99 * hourMs,
  });
  expect(shiftRange(interval, 1, now)).toEqual({ kind: 'fixed', ...interval });
});

test('an empty choice leaves the URL', () => {
  expect(shortHref('/', changedQuery(new URLSearchParams('q=order&tz=utc'), { q: '' }))).toBe(
    '/?tz=utc',
  );
});
