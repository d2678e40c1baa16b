import { expect, test } from 'vitest';
import { shortHref } from './place.ts';
import { addressChars, fitting, typedCharsMax } from './address-length.ts';

test('an address has 300 characters at most, whatever range is chosen beside the longest query', () => {
  const query = 'x'.repeat(typedCharsMax);
  expect(addressChars(query)).toBe(typedCharsMax);
  const fixed = { from: '2026-11-23T12:00:00.001Z', to: '2026-11-23T13:00:00.001Z', tz: 'utc' };
  const href = shortHref('/logs', new URLSearchParams({ query, ...fixed }));
  expect(`https://sprout.platform.example.com:8080${href}`.length).toBeLessThanOrEqual(300);
});

test('what an address must write otherwise counts as it is written', () => {
  expect(addressChars('{a="b"} |= "c" !~ "d"')).toBe(
    '%7Ba=%22b%22%7D+%7C=+%22c%22+!~+%22d%22'.length,
  );
});

test('a text is cut between characters where an address has no more room', () => {
  expect(fitting('order-db')).toBe('order-db');
  expect(fitting('x'.repeat(200))).toBe('x'.repeat(180));
  expect(fitting('😀'.repeat(50))).toBe('😀'.repeat(15));
  expect(fitting('주문'.repeat(30))).toBe('주문'.repeat(10));
});
