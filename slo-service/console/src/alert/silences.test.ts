import { expect, test } from 'vitest';
import { silencesOf } from './silences.ts';
import type { Silence } from './silences.ts';

const silence = (value: string, more: object = {}): Silence => ({
  id: value,
  endsAt: '2026-11-23T12:00:00.000Z',
  createdBy: 'ana',
  comment: 'known',
  status: { state: 'active' },
  matchers: [{ name: 'page_group', value, isRegex: false, isEqual: true, ...more }],
});

test('a silence counts when it names the group as it is', () => {
  const all = [silence('route-order'), silence('x'), silence('route-order', { isEqual: false })];
  expect(silencesOf('route-order', all)).toEqual([all[0]]);
});
