import type { ObjectiveMinutes } from '../ledger/ledger.ts';
import { fold } from './fold.ts';
import type { Counted, Tally } from './fold.ts';
import { copyMeterState } from './meter-state.ts';
import type { MeterState } from './meter-state.ts';
import { objectiveMinutes } from './objective-minutes.ts';
import type { KnownGroups } from './objective-minutes.ts';
import type { MeterPlan } from './plan.ts';
import type { Reading, ReadRange } from './reading.ts';
import { expectedScrapes } from './rules.ts';
import type { MeterRules } from './rules.ts';

/** What a quick look at a long stretch showed, until it has been read sample by sample. */
export interface Survey {
  /** Whole ledger hours up to this time. */
  readonly untilMs: number;
  /** An hour's events in its first minute. */
  readonly minutes: readonly ObjectiveMinutes[];
  /** From here the present goes on. */
  readonly state: MeterState;
  readonly series: number;
}

/** What must be read to survey everything after a state: each series once an hour. */
export function surveyRange(from: MeterState, untilMs: number, rules: MeterRules): ReadRange {
  const stepMs = hourMsOf(rules);
  return { fromMs: firstLookMs(from, rules), toMs: untilMs, stepMs };
}

/**
 * Folds one look an hour by the rules of the meter, with hours for minutes. Counters add up, so
 * hours are right but for what happened between a look and a restart, or to a series that nobody
 * looked at; charts show an hour as one minute. The samples will tell.
 */
export function survey(
  from: MeterState,
  reading: Reading,
  rules: MeterRules,
  plan: MeterPlan,
  groups: KnownGroups,
): Survey {
  const hourly = hourlyRules(rules);
  const begin = { ...copyMeterState(from), frontierMs: firstLookMs(from, rules) };
  const folded = fold(begin, reading, reading.toMs, hourly, plan.groupings);
  const hourMs = hourly.minuteMs;
  const stretch = {
    fromMinute: Math.floor(from.frontierMs / hourMs),
    closedMinute: Math.floor(reading.toMs / hourMs),
    toMinute: Math.floor(reading.toMs / hourMs),
  };
  const hours = objectiveMinutes(plan, weighed(folded, hourly), stretch, hourly, groups);
  return {
    untilMs: reading.toMs,
    minutes: hours.map(({ objective, minutes }) => ({
      objective,
      minutes: minutes.map((entry) => ({ ...entry, minute: entry.minute * minutesPerHour })),
    })),
    state: folded.state,
    series: [...reading.counters.values()].reduce((sum, runs) => sum + runs.length, 0),
  };
}

/** The part of a survey from a time on. */
export function surveyedFrom({ minutes }: Survey, fromMs: number, { minuteMs }: MeterRules) {
  const fromMinute = fromMs / minuteMs - minutesPerHour;
  return minutes.map((one) => ({
    objective: one.objective,
    minutes: one.minutes.filter(({ minute }) => minute > fromMinute),
  }));
}

const minutesPerHour = 60;
const hourMsOf = ({ minuteMs }: Pick<MeterRules, 'minuteMs'>) => minutesPerHour * minuteMs;

/** The last instant of each hour, so that what it shows belongs to it. */
function firstLookMs({ frontierMs }: MeterState, rules: MeterRules): number {
  const hourMs = hourMsOf(rules);
  return Math.floor(frontierMs / hourMs) * hourMs - 1;
}

/** A look shows the newest value of the last five minutes, so times are known less well. */
function hourlyRules(rules: MeterRules): MeterRules {
  const minuteMs = hourMsOf(rules);
  const lookbackMs = 300_000;
  return {
    ...rules,
    minuteMs,
    gapMs: 2.5 * minuteMs,
    clockSkewMs: rules.clockSkewMs + lookbackMs,
    quarantinedSamplesMax: 2,
  };
}

/** One scrape that was looked at stands for all of its hour. */
function weighed(counted: Counted, hourly: MeterRules): Counted {
  const weight = expectedScrapes(hourly);
  const times = (tally: Tally): Tally =>
    new Map(
      Array.from(tally, ([name, hours]) => [
        name,
        new Map(Array.from(hours, ([hour, count]) => [hour, count * weight])),
      ]),
    );
  return {
    ...counted,
    scrapes: times(counted.scrapes),
    failedScrapes: times(counted.failedScrapes),
  };
}
