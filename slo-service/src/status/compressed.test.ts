import assert from 'node:assert/strict';
import { it } from 'node:test';
import { calendar, rolling } from '@sprout/objectives';
import { timing } from '@sprout/process';
import { leftOut } from '../exclusions/left-out.ts';
import { minuteClock } from './minute-clock.ts';
import { ledgerWindow, secondsOf } from './window.ts';

const timeScale = 60;
const clock = minuteClock(timing(timeScale));
/** The ledger counts a second as a minute here. */
const end = clock.endAt(Date.parse('2026-11-23T12:00:00Z'));

it('a compressed day lasts 24 minutes, whether it rolls or follows the calendar', () => {
  const rolled = ledgerWindow(rolling('1d'), end);
  assert.equal(secondsOf(rolled, clock), 86_400 / timeScale);
  const day = calendar('day', 'Asia/Seoul');
  const today = ledgerWindow(day, end);
  const yesterday = ledgerWindow(day, today.fromMinute);
  assert.equal(secondsOf(yesterday, clock), 86_400 / timeScale);
  assert.ok(today.fromMinute < end && end - today.fromMinute <= 1440);
  assert.equal(ledgerWindow(day, today.fromMinute + 1).fromMinute, today.fromMinute);
});

it('exclusions are given by the clock on the wall, whatever the time scale', () => {
  const exclusion = {
    id: 'x',
    objectives: null,
    when: {
      kind: 'once',
      from: '2026-11-23T11:59:30.000Z',
      to: '2026-11-23T11:59:40.000Z',
    } as const,
    reason: 'test',
    by: 'test',
    createdAt: '2026-11-23T12:00:00.000Z',
    revoked: null,
  };
  const stretch = { fromMinute: end - 100, toMinute: end };
  const { spans } = leftOut([exclusion], 'any', stretch, clock.minuteMs);
  assert.deepEqual(spans, [{ fromMinute: end - 30, toMinute: end - 20 }]);
});
