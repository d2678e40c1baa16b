import { expect, test } from 'vitest';
import { isAddress } from './address.ts';

test('only web addresses and own paths are links', () => {
  expect(['https://wiki/runbook', 'http://127.0.0.1:3000/d/x', '/docs/x'].every(isAddress)).toBe(
    true,
  );
  const others = ['alerts/runbooks/Burn.md', 'javascript:alert(1)', '//elsewhere', ''];
  expect(others.some(isAddress)).toBe(false);
});
