import assert from 'node:assert/strict';
import { it } from 'node:test';
import { backfillText } from './backfill.ts';

it('a past that is still being read is told with how far it is', () => {
  const backfill = {
    from: '2026-08-30T00:00:00.000Z',
    at: '2026-09-22T12:00:00.000Z',
    until: '2026-11-28T00:00:00.000Z',
    fraction: 0.2611,
  };
  assert.equal(
    backfillText(backfill),
    'by the hour from 2026-09-22T12:00:00.000Z to 2026-11-28T00:00:00.000Z; 26.1 % is read minute by minute',
  );
  assert.equal(backfillText(null), undefined);
});
