import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rolling } from '@sprout/objectives';
import { timing } from '@sprout/process';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';
import { minuteClock } from '../status/minute-clock.ts';
import { always } from '../versions/promise-history.ts';
import { incidentBounds } from './incident-bounds.ts';

const clock = minuteClock(timing(1));
const start = 29_000_000;

/** Minutes from `start` on; a minute fails wholly where `bad` holds its number. */
const readerOf = (bad: readonly number[]) => ({
  history: always({
    target: 0.99,
    window: rolling('1d'),
    goodRatioMin: null,
    thresholdSeconds: null,
  }),
  minutes: async (fromMinute: number, toMinute: number): Promise<MinuteColumns> => {
    const length = toMinute - fromMinute;
    const isBad = (index: number) => bad.includes(fromMinute + index - start);
    return {
      fromMinute,
      valid: new Float64Array(length).fill(10),
      bad: Float64Array.from({ length }, (_, index) => (isBad(index) ? 10 : 0)),
      coverage: new Float64Array(length).fill(1),
      state: new Uint8Array(length).fill(minuteState.measured),
    };
  },
});

const bounds = async (bad: readonly number[], atMinute: number, presentMinute: number) => {
  const found = await incidentBounds(
    { kind: 'incident', objective: 'x', at: clock.instant(start + atMinute) },
    { reader: readerOf(bad), nowMs: (start + presentMinute) * clock.minuteMs - 1 },
    clock,
  );
  if (found === undefined) return undefined;
  const minute = (text: string) => Date.parse(text) / clock.minuteMs - start;
  return [minute(found.from), minute(found.to), found.ongoing];
};

it('an incident that goes on grows, and ends when it has been good for its gap', async () => {
  assert.deepEqual(await bounds([10, 11, 12], 11, 13), [10, 13, true]);
  assert.deepEqual(await bounds([10, 11, 12, 16], 11, 18), [10, 17, true]);
  assert.deepEqual(await bounds([10, 11, 12, 16], 11, 40), [10, 17, false]);
});

it('its begin moves too, when earlier minutes turn out to be bad', async () => {
  assert.deepEqual(await bounds([8, 10, 11], 11, 40), [8, 12, false]);
});

it('no other incident is taken for it', async () => {
  assert.deepEqual(await bounds([10, 30], 11, 40), [10, 11, false]);
  assert.deepEqual(await bounds([10, 30], 30, 40), [30, 31, false]);
  assert.equal(await bounds([10], 25, 40), undefined);
  assert.equal(await bounds([30], 25, 40), undefined);
});
