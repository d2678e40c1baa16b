import assert from 'node:assert/strict';
import { it } from 'node:test';
import { timing } from '@sprout/process';
import { assert as assertProperty, array, integer, property } from 'fast-check';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { minuteState } from '../ledger/ledger.ts';
import { minuteClock } from '../status/minute-clock.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { testConfig } from '../testing/test-config.ts';
import { badRatioMin, badStretches, defaultRule } from './bad-stretches.ts';
import { incidentList } from './incident-list.ts';
import type { IncidentQuestion } from './incident-list.ts';
import { declaredInMinutes } from '../versions/promise-history.ts';
import { reliability } from './reliability.ts';
import { cut } from '../view/slices.ts';

const clock = minuteClock(timing(1));
const fromMinute = 29_000_000;

/**
 * A history, one character for each minute: `.` good, `x` all fail, `h` half of the bad ratio,
 * `-` no traffic, `e` excluded with failures, `?` not measured.
 */
function columnsOf(text: string) {
  const each = [...text];
  const badOf = (sign: string) => (sign === 'x' || sign === 'e' ? 100 : sign === 'h' ? 5 : 0);
  return {
    fromMinute,
    valid: Float64Array.from(each, (sign) => ('-?'.includes(sign) ? 0 : 100)),
    bad: Float64Array.from(each, badOf),
    coverage: Float64Array.from(each, (sign) => (sign === '?' ? 0 : 1)),
    state: Uint8Array.from(each, (sign) =>
      sign === 'e'
        ? minuteState.excluded
        : sign === '?'
          ? minuteState.unmeasured
          : minuteState.measured,
    ),
  };
}

const stretchesOf = (text: string, gapMinutes = 2) =>
  badStretches(columnsOf(text), () => 0.99, { factor: 10, gapMinutes }).map((stretch) => [
    stretch.fromMinute - fromMinute,
    stretch.toMinute - fromMinute,
    stretch.bad,
  ]);

it('bad minutes are joined across gaps that are short enough', () => {
  assert.deepEqual(stretchesOf('..xx..x...x.'), [
    [2, 7, 300],
    [10, 11, 100],
  ]);
  assert.deepEqual(stretchesOf('..xx..x...x.', 0).length, 3);
});

it('minutes without traffic, unmeasured or excluded ones are not bad, and join like good ones', () => {
  assert.deepEqual(stretchesOf('x-?xh...eee'), [[0, 4, 200]]);
  assert.deepEqual(stretchesOf('xeeex'), [
    [0, 1, 100],
    [4, 5, 100],
  ]);
});

it('a minute is bad from ten times the allowed rate on, but at half of all events at the latest', () => {
  assert.equal(badRatioMin(defaultRule, 0.99), 0.1);
  assert.equal(badRatioMin(defaultRule, 0.999), 0.01);
  assert.equal(badRatioMin(defaultRule, 0.9), 0.5);
});

async function listOf(text: string, more: Partial<IncidentQuestion> = {}, coarseMinutes = 0) {
  const { config, dispose } = testConfig();
  dispose();
  const [objective] = config.objectives;
  assert.ok(objective);
  const columns = columnsOf(text);
  const reader = {
    history: declaredInMinutes(objective, 60_000),
    sum: () => Promise.reject(new Error('not asked')),
    adjust: () => Promise.reject(new Error('not asked')),
    minutes: async (from: number, to: number) => cut(columns, from, to),
    simulated: () => undefined,
    approximate: () => undefined,
    isCoarse: (stretch: MinuteSpan) => stretch.fromMinute < fromMinute + coarseMinutes,
    leftOut: () => ({ spans: [], exclusions: [] }),
  };
  const question = {
    range: { fromMinute, toMinute: fromMinute + text.length },
    rule: { factor: 10, gapMinutes: 2 },
    pages: [],
    presentMinute: fromMinute + text.length,
    ...more,
  };
  return incidentList(objective satisfies ObjectiveConfig, reader, question, clock);
}

it('figures follow from what was observed, not from the calendar', async () => {
  // 20 minutes, of which 2 were not measured and 2 are excluded; down for 3 + 1.
  const { figures } = await listOf('...xxx....??ee..x...');
  assert.deepEqual(
    { ...figures, eventAvailability: null },
    {
      incidents: 2,
      detected: 0,
      observedSeconds: 16 * 60,
      downSeconds: 4 * 60,
      mttdSeconds: null,
      mttrSeconds: 120,
      mttfSeconds: 360,
      mtbfSeconds: 480,
      timeAvailability: 0.75,
      eventAvailability: null,
    },
  );
  assert.equal(figures.eventAvailability, 1 - 4 / 16);
});

it('an incident of which only the hour is known says so', async () => {
  const { items } = await listOf('.x......x.', {}, 5);
  assert.deepEqual(
    items.map(({ coarse }) => coarse),
    [true, undefined],
  );
});

it('the first page within an incident detects it, one that was firing before at once', async () => {
  const at = (minute: number) => clock.instant(fromMinute + minute);
  const pages = [
    { id: 'old', startedAt: at(-5), endedAt: at(1) },
    { id: 'first', startedAt: at(5), endedAt: at(9) },
    { id: 'second', startedAt: at(6), endedAt: at(9) },
    { id: 'long', startedAt: at(12), endedAt: null },
  ];
  const { items, figures } = await listOf('...xxxx...x.....x.', { pages });
  assert.deepEqual(
    items.map(({ page, secondsToDetect, to }) => [page, secondsToDetect, to]),
    [
      ['first', 120, at(7)],
      ['long', 120, at(11)],
      ['long', 0, null],
    ],
  );
  assert.equal(figures.mttdSeconds, 80);
});

it('an incident goes on until enough minutes after it were seen, however long nobody looks', async () => {
  const ends = async (text: string) => {
    const { items } = await listOf(text);
    return items.map(({ to }) => to && Date.parse(to) / clock.minuteMs - fromMinute);
  };
  assert.deepEqual(await ends('..xx.'), [null]);
  assert.deepEqual(await ends('..xx-.'), [4]);
  assert.deepEqual(await ends('..xx.??????????'), [null]);
  assert.deepEqual(await ends('..xx.??????????.'), [4]);
  assert.deepEqual(await ends('..xx??????????xx?'), [4, null]);
});

it('nothing failed: times between failures are not known, availability is', () => {
  const figures = reliability({ observedSeconds: 600, good: 5, valid: 5, incidents: [] });
  assert.deepEqual(
    [figures.mttrSeconds, figures.mtbfSeconds, figures.timeAvailability],
    [null, null, 1],
  );
});

it('MTBF is MTTF + MTTR, availability MTTF ÷ MTBF', () => {
  const downs = array(integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 20 });
  assertProperty(
    property(downs, integer({ min: 2000, max: 1e7 }), (minutes, observedSeconds) => {
      const incidents = minutes.map((downSeconds) => ({ downSeconds, secondsToDetect: null }));
      const found = reliability({ observedSeconds, good: 1, valid: 1, incidents });
      const { mttfSeconds, mttrSeconds, mtbfSeconds, timeAvailability } = found;
      assert.ok(mttfSeconds !== null && mttrSeconds !== null && mtbfSeconds !== null);
      assert.ok(Math.abs(mttfSeconds + mttrSeconds - mtbfSeconds) < 1e-6 * mtbfSeconds);
      assert.ok(Math.abs(mttfSeconds / mtbfSeconds - (timeAvailability ?? 0)) < 1e-9);
    }),
  );
});

it('the reference figures follow from the formulas that docs/reliability-figures.md gives', () => {
  const near = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 6e-5, `${actual} is not ${expected}`);
  // First line: 4 incidents in 120 minutes; MTTF there is the whole time per incident.
  near(5.97 / 4, 1.4925);
  near(120 / 4, 30);
  near(30 + 1.4925, 31.4925);
  near(1 - 5.97 / 120, 0.95025);
  assert.ok(Math.abs(30 / 31.4925 - 0.95025) > 2e-3, 'MTTF ÷ MTBF is another figure');
  // Second line: everything follows from MTBF and 99 %, which is the first MTBF and 50 minutes.
  near(31.4925 + 50, 81.4925);
  near(81.4925 * 0.01, 0.8149);
  near(81.4925 * 0.99, 80.6776);
  near(1 - 1.2 / 120, 0.99);
  assert.ok(
    !Number.isInteger(Math.round((1.2 / 0.8149) * 100) / 100),
    'no whole number of incidents',
  );
});
