import { groupKey } from '@sprout/objectives';
import { copyMeterState } from './meter-state.ts';
import type { MeterState, SelectionState } from './meter-state.ts';
import { serviceOf } from './reading.ts';
import type { Reading, SampleRun } from './reading.ts';
import { seriesKey } from './replicas.ts';
import { expectedScrapes } from './rules.ts';
import type { MeterRules } from './rules.ts';
import { judge } from './series.ts';
import { spread } from './spread.ts';
import { targetHistory, targetKey } from './targets.ts';
import type { TargetHistory } from './targets.ts';

/** Amounts by name (a selection, a service) and ledger minute. */
export type Tally = Map<string, Map<number, number>>;

/** What a stretch of samples showed. */
export interface Counted {
  /** Events by selector text and minute; can reach back before the stretch, across a gap. */
  readonly events: Tally;
  /** Scrapes, successful or not, by service and minute. */
  readonly scrapes: Tally;
  /** Those of them that were in vain. */
  readonly failedScrapes: Tally;
  readonly quarantined: number;
}

/** What was counted, and the state from which the next stretch goes on. */
export interface Folded extends Counted {
  readonly state: MeterState;
}

/**
 * Takes in the samples from the state's frontier up to `toMs`. Pure: the same state and samples
 * give the same result, so a stretch can be folded again with more samples in it.
 */
export function fold(
  before: MeterState,
  reading: Reading,
  toMs: number,
  rules: MeterRules,
  groupings: Groupings = new Map(),
): Folded {
  const history = targetHistory(before.targets, reading);
  const state = copyMeterState(before);
  const folding: Folding = {
    state,
    history,
    toMs,
    rules,
    groupings,
    events: new Map(),
    quarantined: 0,
  };
  for (const [selector, runs] of reading.counters) foldSelection(folding, selector, runs);
  for (const [name, runs] of reading.increases ?? []) foldIncreases(folding, name, runs);
  state.targets = history.statesBefore(toMs);
  state.frontierMs = toMs;
  return {
    state,
    events: folding.events,
    ...countScrapes(reading.ups, before.frontierMs, toMs, rules),
    quarantined: folding.quarantined,
  };
}

/** The sum of two stretches. */
export function mergeCounted(a: Counted, b: Counted): Counted {
  return {
    events: mergeTallies(a.events, b.events),
    scrapes: mergeTallies(a.scrapes, b.scrapes),
    failedScrapes: mergeTallies(a.failedScrapes, b.failedScrapes),
    quarantined: a.quarantined + b.quarantined,
  };
}

/** Selector text → the lists of labels that its events are kept apart by. */
export type Groupings = ReadonlyMap<string, readonly (readonly string[])[]>;

/** The name under which the events of one label set of a selection are tallied. */
export const groupTally = (selector: string, groupBy: readonly string[]): string =>
  `${selector} by ${groupBy.join()} `;

interface Folding {
  readonly state: MeterState;
  readonly history: TargetHistory;
  readonly toMs: number;
  readonly rules: MeterRules;
  readonly groupings: Groupings;
  readonly events: Tally;
  quarantined: number;
}

function foldSelection(folding: Folding, selector: string, runs: readonly SampleRun[]): void {
  const { state } = folding;
  const selection = state.selections.get(selector) ?? {
    sinceMs: state.frontierMs,
    series: new Map(),
  };
  state.selections.set(selector, selection);
  for (const run of runs) foldSeries(folding, selector, selection, run);
}

function foldSeries(
  folding: Folding,
  selector: string,
  selection: SelectionState,
  { labels, times, values }: SampleRun,
): void {
  const { history, rules, toMs, events, groupings } = folding;
  const names = [selector, ...namesOfGroups(groupings, selector, labels)];
  const key = seriesKey(labels);
  const target = targetKey(labels);
  let last = selection.series.get(key);
  for (let index = 0; index < times.length; index++) {
    const [timeMs = Number.NaN, value = Number.NaN] = [times[index], values[index]];
    if (timeMs < folding.state.frontierMs || !Number.isFinite(value) || value < 0) continue;
    if (timeMs >= toMs) break;
    const startSeconds = history.startAt(target, timeMs);
    const upBeforeMs = history.upBefore(target, timeMs);
    const sample = { timeMs, value, startSeconds, upBeforeMs };
    const judged = judge(last, sample, selection.sinceMs, rules);
    last = judged.state;
    if (judged.quarantined) folding.quarantined += 1;
    if (judged.increase === undefined) continue;
    spread(judged.increase, timeMs, rules, (minute, count) => {
      for (const name of names) add(events, name, minute, count);
    });
  }
  if (last !== undefined) selection.series.set(key, last);
}

/** Sums that the source has made of whole minutes: nothing is left to judge. */
function foldIncreases(
  { state, toMs, rules, groupings, events }: Folding,
  name: string,
  runs: readonly SampleRun[],
): void {
  for (const { labels, times, values } of runs) {
    const names = [name, ...namesOfGroups(groupings, name, labels)];
    for (const [index, timeMs] of times.entries()) {
      const count = values[index] ?? Number.NaN;
      const minute = Math.floor(timeMs / rules.minuteMs);
      if (minute * rules.minuteMs < state.frontierMs || timeMs >= toMs || !(count > 0)) continue;
      for (const one of names) add(events, one, minute, count);
    }
  }
}

const namesOfGroups = (groupings: Groupings, name: string, labels: SampleRun['labels']) =>
  (groupings.get(name) ?? []).map((by) => groupTally(name, by) + groupKey(by, labels));

/** Scrapes of a target count up to the number that is expected of it in a minute. */
function countScrapes(
  ups: readonly SampleRun[],
  fromMs: number,
  toMs: number,
  { minuteMs, scrapeIntervalMs }: MeterRules,
): Pick<Counted, 'scrapes' | 'failedScrapes'> {
  const scrapesMax = expectedScrapes({ minuteMs, scrapeIntervalMs });
  const scrapes: Tally = new Map();
  const failedScrapes: Tally = new Map();
  for (const { labels, times, values } of ups) {
    const made = times
      .map((timeMs, index) => ({ timeMs, failed: values[index] === 0 }))
      .filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
    const minutes = Map.groupBy(made, ({ timeMs }) => Math.floor(timeMs / minuteMs));
    const service = serviceOf(labels);
    for (const [minute, all] of minutes) {
      const failed = all.filter((one) => one.failed).length;
      add(scrapes, service, minute, Math.min(scrapesMax, all.length));
      if (failed > 0) add(failedScrapes, service, minute, Math.min(scrapesMax, failed));
    }
  }
  return { scrapes, failedScrapes };
}

function mergeTallies(a: Tally, b: Tally): Tally {
  const sum: Tally = new Map(Array.from(a, ([name, minutes]) => [name, new Map(minutes)]));
  for (const [name, minutes] of b) {
    for (const [minute, amount] of minutes) add(sum, name, minute, amount);
  }
  return sum;
}

function add(tally: Tally, name: string, minute: number, amount: number): void {
  const minutes = tally.get(name) ?? new Map<number, number>();
  tally.set(name, minutes.set(minute, (minutes.get(minute) ?? 0) + amount));
}
