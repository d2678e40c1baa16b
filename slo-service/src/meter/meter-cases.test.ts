import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { parseMeterCases } from '../testing/meter-case.ts';
import type { Expectation, MeterCase } from '../testing/meter-case.ts';
import { sampleStore } from '../testing/sample-store.ts';
import type { StoredSeries } from '../testing/sample-store.ts';
import { createMeter } from './meter.ts';
import { planMeter } from './plan.ts';
import { meterRules } from './rules.ts';

const directory = join(import.meta.dirname, 'cases');
const epochMs = Date.parse('2026-01-05T00:00:00Z');
const epochMinute = epochMs / 60_000;

for (const file of readdirSync(directory)) {
  describe(file, () => {
    for (const meterCase of parseMeterCases(readFileSync(join(directory, file), 'utf8'))) {
      it(meterCase.title, () => check(meterCase));
    }
  });
}

const rules = meterRules({
  timeScale: 1,
  scrapeIntervalMs: 15_000,
  evaluationIntervalMs: 15_000,
  minuteMs: 60_000,
  scaled: (seconds) => seconds,
});
const plan = planMeter({
  services: [{ name: 'shop' }],
  objectives: [
    {
      id: 'case',
      sli: {
        valid: [{ metric: 'counter', matchers: [], service: 'shop' }],
        bad: [{ metric: 'bad', matchers: [], service: 'shop' }],
      },
    },
  ],
});

async function check(meterCase: MeterCase): Promise<void> {
  const { minutes, quarantined } = await run(meterCase);
  for (const expectation of meterCase.expectations) verify(expectation, minutes, quarantined);
}

/** Lets the meter tick every 15 s until all minutes of the case are final. */
async function run(meterCase: MeterCase) {
  const { series, killsSeconds, downSeconds, beginSeconds } = meterCase;
  const store = sampleStore(series.map(stored), [...plan.selections.keys()]);
  const ledger = openSqliteLedger(':memory:');
  const start = (nowMs: number) => createMeter({ plan, rules, source: store, ledger, nowMs });
  let meter = await start(epochMs + beginSeconds * 1000);
  for (let at = beginSeconds; at < beginSeconds + 3600; at += 15) {
    const nowMs = epochMs + (at + aheadAt(meterCase, at)) * 1000;
    store.advanceTo(epochMs + at * 1000);
    const isDown = downSeconds.some(([from, to]) => at >= from && at < to);
    store.setDown(isDown);
    if (isDown || wasSetBack(meterCase, at)) await assert.rejects(meter.tick(nowMs));
    else await meter.tick(nowMs);
    if (killsSeconds.some((kill) => kill >= at && kill < at + 15)) meter = await start(nowMs);
  }
  const minutes = await ledger.minutes('case', epochMinute, epochMinute + 60);
  await ledger.close();
  return { minutes, quarantined: meter.sights().quarantined };
}

function aheadAt({ clockSteps }: MeterCase, at: number): number {
  const step = clockSteps.find(({ fromSeconds, toSeconds }) => at >= fromSeconds && at < toSeconds);
  return step?.aheadSeconds ?? 0;
}

/** True until the clock has reached again what the meter has read by the clock that ran ahead. */
function wasSetBack({ clockSteps }: MeterCase, at: number): boolean {
  return clockSteps.some(({ toSeconds, aheadSeconds }) => {
    const lastTickSeconds = Math.ceil(toSeconds / 15) * 15 - 15;
    const readUntil = Math.floor((lastTickSeconds + aheadSeconds - 30) / 60) * 60;
    return at >= toSeconds && at <= readUntil;
  });
}

function stored({ kind, target, replica, samples }: MeterCase['series'][number]): StoredSeries {
  const labels = { job: 'shop', service: 'shop', instance: target };
  return {
    kind,
    labels: replica === undefined ? labels : { ...labels, prometheus_replica: replica },
    samples: samples.map(({ atSeconds, value, delaySeconds }) => ({
      timeMs: epochMs + atSeconds * 1000,
      value: kind === 'start' ? epochMs / 1000 + value : value,
      arrivesMs: epochMs + (atSeconds + delaySeconds) * 1000,
    })),
  };
}

function verify({ what, values }: Expectation, minutes: MinuteColumns, quarantined: number): void {
  if (what === 'quarantined') return assert.equal(quarantined, Number(values.get(0)));
  if (what === 'total') {
    const sum = minutes.valid.reduce((total, valid) => total + valid, 0);
    return assertClose(sum, Number(values.get(0)), 'the total');
  }
  if (what === 'coverage' || what === 'state') return verifyListed(what, values, minutes);
  const column = what === 'expect' ? minutes.valid : minutes.bad;
  for (const [minute, actual] of column.entries()) {
    assertClose(actual, Number(values.get(minute) ?? 0), `${what} of minute ${minute}`);
  }
}

function verifyListed(
  what: 'coverage' | 'state',
  values: ReadonlyMap<number, string>,
  minutes: MinuteColumns,
): void {
  for (const [minute, value] of values) {
    if (what === 'coverage') {
      assertClose(minutes.coverage[minute] ?? 0, Number(value), `coverage of minute ${minute}`);
      continue;
    }
    const [name] =
      Object.entries(minuteState).find(([, code]) => code === minutes.state[minute]) ?? [];
    assert.equal(name, value, `state of minute ${minute}`);
  }
}

function assertClose(actual: number, expected: number, what: string): void {
  const message = `${what} is ${actual}, not ${expected}`;
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), message);
}
