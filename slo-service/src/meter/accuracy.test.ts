import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { meterRules } from './rules.ts';
import { createMeter } from './meter.ts';
import { planMeter } from './plan.ts';
import type { Reading, ReadRange, SampleRun } from './reading.ts';

/**
 * The four cases of docs/accuracy.md: 30 days scraped once a minute, 60,000 requests a minute
 * from 8 to 20 o'clock, 600 in the other minutes. What is right is counted from the requests.
 */
const minutes = 30 * 1440;
const fromMs = Date.parse('2026-01-05T00:00:00Z');
const untilMs = fromMs + minutes * 60_000;

interface Case {
  readonly title: string;
  readonly requestsAt: (minute: number) => number;
  readonly errorsAt: (minute: number) => number;
  /** First minute whose scrape shows the series of errors. */
  readonly errorsSeenFrom?: number;
  readonly errorRatio: number;
}

const hourOf = (minute: number) => Math.floor(minute / 60) % 24;
const usual = (minute: number) => (hourOf(minute) >= 8 && hourOf(minute) < 20 ? 60_000 : 600);
const half = (from: number, to: number) => (minute: number) =>
  minute >= from && minute < to ? usual(minute) / 2 : 0;
const day = (index: number, hour: number) => index * 1440 + hour * 60;
const total = 30 * 12 * 60 * 60_600;

const cases: readonly Case[] = [
  {
    title: 'an hour of 50 % errors by day',
    requestsAt: usual,
    errorsAt: half(day(14, 12), day(14, 13)),
    errorRatio: (60 * 30_000) / total,
  },
  {
    title: 'the same at night',
    requestsAt: usual,
    errorsAt: half(day(14, 2), day(14, 3)),
    errorRatio: (60 * 300) / total,
  },
  {
    title: 'the same by day, and 15 minutes without traffic',
    requestsAt: (minute) => (minute >= day(20, 3) && minute < day(20, 3) + 15 ? 0 : usual(minute)),
    errorsAt: half(day(14, 12), day(14, 13)),
    errorRatio: (60 * 30_000) / (total - 15 * 600),
  },
  {
    title: 'errors whose series is first seen on day 29',
    requestsAt: usual,
    errorsAt: half(day(28, 12), day(28, 12) + 12),
    errorsSeenFrom: day(28, 12),
    errorRatio: (12 * 30_000) / total,
  },
];

describe('the error ratio of 30 days is the one that was generated', () => {
  for (const one of cases) {
    it(one.title, async () => {
      const ledger = openSqliteLedger(':memory:');
      const source = { read: async (range: ReadRange) => reading(one, range) };
      const meter = await createMeter({ plan, rules, source, ledger, nowMs: untilMs });
      await meter.tick(untilMs);
      const { valid, bad } = await ledger.sum('case', fromMs / 60_000, untilMs / 60_000);
      await ledger.close();
      const error = Math.abs(bad / valid / one.errorRatio - 1);
      assert.ok(error <= 1e-9, `${bad / valid} is not ${one.errorRatio}`);
    });
  }
});

const rules = {
  ...meterRules(
    {
      timeScale: 1,
      scrapeIntervalMs: 60_000,
      evaluationIntervalMs: 60_000,
      minuteMs: 60_000,
      scaled: (seconds) => seconds,
    },
    { lookBackDays: 30 },
  ),
  surveyFromMs: Infinity,
  sliceMs: 1440 * 60_000,
};
const plan = planMeter({
  services: [{ name: 'shop' }],
  objectives: [
    {
      id: 'case',
      sli: {
        valid: [{ metric: 'valid', matchers: [], service: 'shop' }],
        bad: [{ metric: 'bad', matchers: [], service: 'shop' }],
      },
    },
  ],
});

/** A scrape at the end of each minute; the first one, before the window, shows both counters. */
function reading(one: Case, { fromMs: from, toMs }: ReadRange): Reading {
  const labels = { job: 'shop', service: 'shop', instance: 'shop:1' };
  const first = Math.max(0, Math.ceil((from - fromMs) / 60_000));
  const last = Math.min(minutes, Math.ceil((toMs - fromMs) / 60_000));
  const run = (valueAt: (minute: number) => number, since = 0): SampleRun[] => {
    const shown = Array.from({ length: last - first }, (_, index) => first + index).filter(
      (minute) => minute >= since,
    );
    if (shown.length === 0) return [];
    const times = shown.map((minute) => fromMs + minute * 60_000 + 59_000);
    return [{ labels, times, values: shown.map(valueAt) }];
  };
  return {
    fromMs: from,
    toMs,
    ups: run(() => 1),
    starts: run(() => fromMs / 1000),
    counters: new Map([
      ['valid', run(sums(one.requestsAt))],
      ['bad', run(sums(one.errorsAt), one.errorsSeenFrom)],
    ]),
  };
}

function sums(each: (minute: number) => number): (minute: number) => number {
  const column = new Float64Array(minutes);
  let sum = 0;
  for (let minute = 0; minute < minutes; minute++) column[minute] = sum += each(minute);
  return (minute) => column[minute] ?? 0;
}
