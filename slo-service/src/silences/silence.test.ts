import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAbout } from './silence.ts';

const page = {
  pageGroup: 'route-order',
  objectives: [{ id: 'order-latency', burnRate: null, threshold: null, window: null }],
};
const silence = (name: string, value: string, more: object = {}) => ({
  id: '1',
  startsAt: '2026-11-23T11:00:00.000Z',
  endsAt: '2026-11-23T12:00:00.000Z',
  createdBy: 'ana',
  comment: 'known',
  status: { state: 'active' as const },
  matchers: [{ name, value, isRegex: false, isEqual: true, ...more }],
});

test('a silence is about a page when it names its group or one of its objectives as they are', () => {
  assert.ok(isAbout(page, silence('page_group', 'route-order')));
  assert.ok(isAbout(page, silence('objective', 'order-latency')));
  assert.ok(!isAbout(page, silence('page_group', 'x')));
  assert.ok(!isAbout(page, silence('service', 'route-order')));
  assert.ok(!isAbout(page, silence('page_group', 'route-order', { isEqual: false })));
  assert.ok(!isAbout(page, silence('page_group', 'route-order', { isRegex: true })));
});
