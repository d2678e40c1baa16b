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
): Folded {
  const history = targetHistory(before.targets, reading);
  const state = copyMeterState(before);
  const folding: Folding = { state, history, toMs, rules, events: new Map(), quarantined: 0 };
  for (const [selector, runs] of reading.counters) foldSelection(folding, selector, runs);
  state.targets = history.statesBefore(toMs);
  state.frontierMs = toMs;
  return {
    state,
    events: folding.events,
    scrapes: countScrapes(reading.ups, before.frontierMs, toMs, rules),
    quarantined: folding.quarantined,
  };
}

/** The sum of two stretches. */
export function mergeCounted(a: Counted, b: Counted): Counted {
  return {
    events: mergeTallies(a.events, b.events),
    scrapes: mergeTallies(a.scrapes, b.scrapes),
    quarantined: a.quarantined + b.quarantined,
  };
}

interface Folding {
  readonly state: MeterState;
  readonly history: TargetHistory;
  readonly toMs: number;
  readonly rules: MeterRules;
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
  const { history, rules, toMs, events } = folding;
  const key = seriesKey(labels);
  const target = targetKey(labels);
  let last = selection.series.get(key);
  for (const [index, timeMs] of times.entries()) {
    const value = values[index] ?? Number.NaN;
    if (timeMs < folding.state.frontierMs || !Number.isFinite(value) || value < 0) continue;
    if (timeMs >= toMs) break;
    const startSeconds = history.startAt(target, timeMs);
    const upBeforeMs = history.upBefore(target, timeMs);
    const sample = { timeMs, value, startSeconds, upBeforeMs };
    const judged = judge(last, sample, selection.sinceMs, rules);
    last = judged.state;
    if (judged.quarantined) folding.quarantined += 1;
    if (judged.increase === undefined) continue;
    spread(judged.increase, timeMs, rules, (minute, count) => add(events, selector, minute, count));
  }
  if (last !== undefined) selection.series.set(key, last);
}

/** Scrapes of a target count up to the number that is expected of it in a minute. */
function countScrapes(
  ups: readonly SampleRun[],
  fromMs: number,
  toMs: number,
  { minuteMs, scrapeIntervalMs }: MeterRules,
): Tally {
  const scrapesMax = expectedScrapes({ minuteMs, scrapeIntervalMs });
  const scrapes: Tally = new Map();
  for (const { labels, times } of ups) {
    const within = times.filter((timeMs) => timeMs >= fromMs && timeMs < toMs);
    const minutes = Map.groupBy(within, (timeMs) => Math.floor(timeMs / minuteMs));
    const service = serviceOf(labels);
    for (const [minute, made] of minutes) {
      add(scrapes, service, minute, Math.min(scrapesMax, made.length));
    }
  }
  return scrapes;
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
