import { ledgerKey, otherGroup } from '@sprout/objectives';
import { measuredCoverageMin, minuteState } from '../ledger/ledger.ts';
import type { MinuteEntry, ObjectiveMinutes } from '../ledger/ledger.ts';
import { groupTally } from './fold.ts';
import type { Counted, Tally } from './fold.ts';
import type { MeterPlan, PlannedObjective } from './plan.ts';
import { expectedScrapes } from './rules.ts';
import type { MeterRules } from './rules.ts';

/** Minutes of which coverage is known: `[from, closed)` for good, `[closed, to)` not yet. */
export interface Stretch {
  readonly fromMinute: number;
  readonly closedMinute: number;
  readonly toMinute: number;
}

type MinuteRules = Pick<MeterRules, 'minuteMs' | 'scrapeIntervalMs'>;

/** Turns counted events and scrapes into the minutes of every objective and of its groups. */
export function objectiveMinutes(
  plan: MeterPlan,
  counted: Counted,
  stretch: Stretch,
  rules: MinuteRules,
  groups: KnownGroups = new Map(),
): ObjectiveMinutes[] {
  const labelSets = labelSetsOf(counted.events);
  return plan.objectives.flatMap((objective) => [
    {
      objective: objective.id,
      minutes: minutesOf(objective, plan, counted, stretch, rules),
    },
    ...groupsOf(objective, labelSets, groups).map(({ group, members }) => ({
      objective: ledgerKey(objective.id, group),
      minutes: minutesOf(narrowed(objective, members), plan, counted, stretch, rules),
    })),
  ]);
}

/** Objective → its groups so far, in the order they were seen; grows as new ones appear. */
export type KnownGroups = Map<string, Set<string>>;

/** Group tally → the label sets that were seen. */
function labelSetsOf(events: Tally): ReadonlyMap<string, readonly string[]> {
  const names = [...events.keys()].map((name) => ({ name, end: name.lastIndexOf(' ') + 1 }));
  const byTally = Map.groupBy(names, ({ name, end }) => name.slice(0, end));
  return new Map(
    Array.from(byTally, ([tally, all]) => [tally, all.map(({ name, end }) => name.slice(end))]),
  );
}

/**
 * The groups of an objective, each with the label sets that it is the sum of. The first
 * `groupsMax` label sets have a group each, whatever comes after them shares `other`, for good.
 */
function groupsOf(
  { id, valid, part, groupBy, groupsMax }: PlannedObjective,
  labelSets: ReadonlyMap<string, readonly string[]>,
  groups: KnownGroups,
): { group: string; members: string[] }[] {
  if (groupBy.length === 0) return [];
  const known = groups.get(id) ?? new Set<string>();
  groups.set(id, known);
  const seen = [...valid, ...part].flatMap(
    (selector) => labelSets.get(groupTally(selector, groupBy)) ?? [],
  );
  const beyond: string[] = [];
  for (const labelSet of [...new Set(seen)].toSorted()) {
    if (known.has(labelSet)) continue;
    const own = known.size - (known.has(otherGroup) ? 1 : 0);
    if (own < groupsMax && labelSet.length <= groupCharsMax) known.add(labelSet);
    else beyond.push(labelSet);
  }
  if (beyond.length > 0) known.add(otherGroup);
  return [...known].map((group) => ({
    group,
    members: group === otherGroup ? beyond : [group],
  }));
}

/** Longest name of a group; longer ones belong to `other`. */
const groupCharsMax = 150;

/** An objective that counts some label sets of its series only. */
function narrowed(objective: PlannedObjective, labelSets: readonly string[]): PlannedObjective {
  const within = (selectors: readonly string[]) =>
    selectors.flatMap((selector) =>
      labelSets.map((labelSet) => groupTally(selector, objective.groupBy) + labelSet),
    );
  const { valid, part, former } = objective;
  return {
    ...objective,
    valid: within(valid),
    part: within(part),
    former: former.map((one) => ({ ...one, part: within(one.part) })),
  };
}

function minutesOf(
  objective: PlannedObjective,
  plan: MeterPlan,
  { events, scrapes, failedScrapes }: Counted,
  stretch: Stretch,
  rules: MinuteRules,
): MinuteEntry[] {
  const expected = expectedScrapes(rules);
  const isUp = objective.up.length > 0;
  const valid = isUp ? sumOf(scrapes, objective.up) : sumOf(events, objective.valid);
  const part = isUp ? sumOf(failedScrapes, objective.up) : partOf(objective, events, rules);
  const coverageAt = (minute: number) => coverage(objective, plan, scrapes, minute, expected);
  return [...minutesTouched(stretch, valid, part)].map((minute) => {
    const all = valid.get(minute) ?? 0;
    const counted = part.get(minute) ?? 0;
    const bad = objective.counted === 'bad' ? counted : all - counted;
    return { minute, valid: all, bad, ...knowledge(minute, stretch, coverageAt) };
  });
}

/** What is subtracted from each minute: by the threshold that was in force when it began. */
function partOf(
  { part, former }: PlannedObjective,
  events: Tally,
  { minuteMs }: MinuteRules,
): Map<number, number> {
  const sum = sumOf(events, part);
  // The latest change first, so that the earliest one has the last word on what is before it.
  for (const { untilMs, part: formerPart } of former.toReversed()) {
    const before = sumOf(events, formerPart);
    for (const minute of new Set([...sum.keys(), ...before.keys()])) {
      if (minute * minuteMs < untilMs) sum.set(minute, before.get(minute) ?? 0);
    }
  }
  return sum;
}

function minutesTouched(
  { fromMinute, toMinute }: Stretch,
  ...sums: readonly ReadonlyMap<number, number>[]
): Set<number> {
  const minutes = new Set(sums.flatMap((sum) => [...sum.keys()]));
  for (let minute = fromMinute; minute < toMinute; minute++) minutes.add(minute);
  return minutes;
}

/** Events that reach back across a gap do not make an old minute better known. */
function knowledge(
  minute: number,
  { fromMinute, closedMinute }: Stretch,
  coverageAt: (minute: number) => number,
): Pick<MinuteEntry, 'coverage' | 'state'> {
  if (minute < fromMinute) return { coverage: null, state: minuteState.unknown };
  const fraction = coverageAt(minute);
  if (minute >= closedMinute) return { coverage: fraction, state: minuteState.open };
  const measured = fraction >= measuredCoverageMin;
  return {
    coverage: fraction,
    state: measured ? minuteState.measured : minuteState.unmeasured,
  };
}

/** Fraction of expected targets × expected scrapes that were made, successful or not. */
function coverage(
  { services }: PlannedObjective,
  { targets }: MeterPlan,
  scrapes: Tally,
  minute: number,
  expectedScrapes: number,
): number {
  let made = 0;
  let expected = 0;
  for (const service of services) {
    const wanted = (targets.get(service) ?? 1) * expectedScrapes;
    expected += wanted;
    made += Math.min(wanted, scrapes.get(service)?.get(minute) ?? 0);
  }
  return expected === 0 ? 0 : made / expected;
}

function sumOf(events: Tally, names: readonly string[]): Map<number, number> {
  const sum = new Map<number, number>();
  for (const name of names) {
    for (const [minute, count] of events.get(name) ?? []) {
      sum.set(minute, (sum.get(minute) ?? 0) + count);
    }
  }
  return sum;
}
