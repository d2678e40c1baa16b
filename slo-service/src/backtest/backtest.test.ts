import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badEventsMin, rolling } from '@sprout/objectives';
import { timing } from '@sprout/process';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';
import { minuteClock } from '../status/minute-clock.ts';
import { readerOf } from '../status/reader.ts';
import { testConfig } from '../testing/test-config.ts';
import { firings } from './firings.ts';
import { wouldAlert } from './would-alert.ts';

/** The fast pair of 30 days, and the same as if it needed history. */
const fast = { factor: 14.4, longMinutes: 60, shortMinutes: 5, needsHistory: false };
const patient = { ...fast, needsHistory: true };
const range = { fromMinute: 60, toMinute: 200 };

/** Changes to 200 minutes of 100 good events each. */
type Change = (minutes: {
  set(from: number, to: number, events: { valid?: number; bad?: number; state?: number }): void;
}) => void;

function columnsWith(change: Change, valid = 100): MinuteColumns {
  const columns = {
    fromMinute: 0,
    valid: new Float64Array(200).fill(valid),
    bad: new Float64Array(200),
    coverage: new Float64Array(200).fill(1),
    state: new Uint8Array(200).fill(minuteState.measured),
  };
  change({
    set: (from, to, events) => {
      columns.valid.fill(events.valid ?? valid, from, to);
      columns.bad.fill(events.bad ?? 0, from, to);
      columns.state.fill(events.state ?? minuteState.measured, from, to);
    },
  });
  return columns;
}

/** Firings as `from–to: worst burn`, with what was not measured. */
function fired(change: Change, pair = fast, valid = 100): string[] {
  const columns = columnsWith(change, valid);
  return firings({ columns, targetAt: () => 0.99, badWeight: 1 }, pair, range).map(
    ({ fromMinute, toMinute, goesOn, worstBurnRate, unmeasuredMinutes }) =>
      `${fromMinute}–${goesOn ? '' : toMinute}: ${worstBurnRate.toPrecision(4)}` +
      (unmeasuredMinutes > 0 ? `, ${unmeasuredMinutes} not measured` : ''),
  );
}

test('an outage after a good hour fires after nine minutes, until five minutes after its end', () => {
  // 9 of 60 minutes are 15 %, 15 times the allowed; all of its 15 minutes 25 times.
  assert.deepEqual(
    fired(({ set }) => set(60, 75, { bad: 100 })),
    ['69–80: 25.00'],
  );
  assert.deepEqual(
    fired(({ set }) => set(60, 68, { bad: 100 })),
    [],
  );
});

test('a burn at the threshold is not above it', () => {
  assert.deepEqual(
    fired(({ set }) => set(0, 200, { valid: 1000, bad: 144 })),
    [],
  );
  assert.deepEqual(
    fired(({ set }) => set(0, 200, { valid: 1000, bad: 145 })),
    ['60–: 14.50'],
  );
});

test('of few events as many must be bad as the rules ask for', () => {
  const oneAMinute = ({ set }: Parameters<Change>[0]) => set(60, 80, { bad: 1 });
  const [first] = fired(oneAMinute, fast, 1);
  assert.equal(first?.split('–')[0], `${60 + badEventsMin}`);
});

test('a young stack fires sooner, and slower pairs wait for history', () => {
  const young: Change = ({ set }) => {
    set(0, 30, { valid: 0, state: minuteState.unknown });
    set(60, 75, { bad: 100 });
  };
  // 6 bad minutes of 36 are 16.7 %; at the end of the outage 15 of 45.
  assert.deepEqual(fired(young), ['66–80: 33.33']);
  assert.deepEqual(fired(young, patient), []);
  assert.deepEqual(
    fired(({ set }) => set(60, 75, { bad: 100 }), patient),
    ['69–80: 25.00'],
  );
});

test('minutes that were not measured neither begin nor end a firing, and are told', () => {
  const unmeasured = minuteState.unmeasured;
  const blindAtTheEnd: Change = ({ set }) => {
    set(60, 72, { bad: 100 });
    set(72, 85, { valid: 0, state: unmeasured });
  };
  assert.deepEqual(fired(blindAtTheEnd), ['69–86: 20.00, 13 not measured']);
  const blindAtTheBegin: Change = ({ set }) => {
    set(60, 75, { bad: 100 });
    set(66, 72, { bad: 100, state: unmeasured });
  };
  assert.deepEqual(fired(blindAtTheBegin), ['73–80: 25.00']);
});

test('what the ledger itself leaves out is not counted', () => {
  const left: Change = ({ set }) => set(60, 75, { bad: 100, state: minuteState.excluded });
  assert.deepEqual(fired(left), []);
});

const { config, dispose } = testConfig();
dispose();
const [declared] = config.objectives;
assert.ok(declared);
const clock = minuteClock(timing(1));
const day = 1440;
/** Minutes, more than the look back and the longest windows. */
const endMinute = 40 * day;

/** The last hours of 40 good days: an outage of 15 minutes, with `toMinute` of it excluded. */
function history(badFrom: number, excludedMinutes: number) {
  const minutes = async (
    _: string,
    fromMinute: number,
    toMinute: number,
  ): Promise<MinuteColumns> => {
    const length = toMinute - fromMinute;
    const bad = new Float64Array(length).fill(0);
    bad.fill(100, badFrom - fromMinute, badFrom - fromMinute + 15);
    return {
      fromMinute,
      valid: new Float64Array(length).fill(100),
      bad,
      coverage: new Float64Array(length).fill(1),
      state: new Uint8Array(length).fill(minuteState.measured),
    };
  };
  const sum = async () => ({ valid: 0, bad: 0, covered: 0, closed: 0, firstMeasured: null });
  const exclusion = {
    id: 'x',
    objectives: null,
    reason: 'test',
    by: 'test',
    createdAt: clock.instant(0),
    revoked: null,
    when: {
      kind: 'once' as const,
      from: clock.instant(badFrom),
      to: clock.instant(badFrom + excludedMinutes),
    },
  };
  const exclusions = () => (excludedMinutes === 0 ? [] : [exclusion]);
  return { ledger: { minutes, sum }, exclusions, clock };
}

test('a page is told with its windows; exclusions change no alert, and are told beside it', async () => {
  const badFrom = endMinute - 120;
  assert.ok(declared);
  const reader = readerOf(history(badFrom, 12), declared);
  const answer = await wouldAlert(declared, reader, endMinute, clock);
  assert.deepEqual([answer?.pages, answer?.tickets], [1, 0]);
  const [first, ...others] = answer?.alerts ?? [];
  assert.deepEqual(first, {
    alert: 'ErrorBudgetBurnFast',
    severity: 'page',
    threshold: 14.4,
    longWindow: '1h',
    shortWindow: '5m',
    count: 1,
    firings: [
      {
        from: clock.instant(badFrom + 9),
        to: clock.instant(badFrom + 20),
        worstBurnRate: 25,
        unmeasuredMinutes: 0,
        excludedMinutes: 3,
      },
    ],
  });
  assert.deepEqual(
    others.map(({ count, firings: list }) => [count, list]),
    [
      [0, []],
      [0, []],
      [0, []],
    ],
  );
});

test('a promise of an hour has windows below a minute, of which nothing can be told', async () => {
  assert.ok(declared);
  const promise = { ...declared, window: rolling('1h') };
  const reader = readerOf(history(endMinute - 120, 0), promise);
  const answer = await wouldAlert(promise, reader, endMinute, clock);
  assert.deepEqual(
    answer?.alerts.map(({ firings: list }) => list),
    [null, null, null, null],
  );
  assert.equal(await wouldAlert({ ...promise, alerts: false }, reader, endMinute, clock), null);
});
