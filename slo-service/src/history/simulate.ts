import { minuteState } from '../ledger/ledger.ts';
import type { MinuteEntry, ObjectiveMinutes } from '../ledger/ledger.ts';
import { chance, drawn, numbersFrom } from './random.ts';
import { simulatedIncidents } from './simulated-incident.ts';
import type { SimulatedIncident } from './simulated-incident.ts';

/** What a simulation needs to know of a promise. */
export interface SimulatedObjective {
  readonly id: string;
  readonly pageGroup: string;
  readonly pages: boolean;
  readonly dependsOn: readonly string[];
  /** `latency` counts late answers as bad, all others only failures. */
  readonly kind: string;
}

/** A stretch of ledger minutes, `[from, to)`. */
export interface SimulatedRange {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** A history that never happened: its minutes, and what went wrong in it. */
export interface Simulation {
  readonly minutes: readonly ObjectiveMinutes[];
  readonly incidents: readonly SimulatedIncident[];
}

/**
 * A shop's days: quiet nights and busy evenings in Korea, a few failures always, some incidents.
 * The same objectives, range and seed give the same history. Promises of one page group count the
 * same requests; promises they depend on share their slow incidents.
 */
export function simulateHistory(
  objectives: readonly SimulatedObjective[],
  range: SimulatedRange,
  seed = 'sprout',
): Simulation {
  const groups = [...new Set(objectives.filter(({ pages }) => pages).map((one) => one.pageGroup))];
  const incidents = simulatedIncidents(groups.toSorted(), range.fromMinute, seed).filter(
    ({ toMinute }) => toMinute <= range.toMinute,
  );
  const minutes = objectives.map((objective) => {
    const touched = incidents.filter((incident) => concerns(incident, objective, objectives));
    return { objective: objective.id, minutes: minutesOf(objective, range, touched, seed) };
  });
  return { minutes, incidents };
}

function concerns(
  incident: SimulatedIncident,
  objective: SimulatedObjective,
  all: readonly SimulatedObjective[],
): boolean {
  if (objective.pageGroup === incident.group) return true;
  const users = all.filter(({ pageGroup }) => pageGroup === incident.group);
  return incident.slow > 0.5 && users.some(({ dependsOn }) => dependsOn.includes(objective.id));
}

/** Always some requests fail or are late; far less than a promise of 99 % allows. */
const usualFailed = 0.0006;
const usualSlow = 0.0011;

function minutesOf(
  { pageGroup, kind }: SimulatedObjective,
  { fromMinute, toMinute }: SimulatedRange,
  incidents: readonly SimulatedIncident[],
  seed: string,
): MinuteEntry[] {
  // One stream of chance for each group, so that its promises see the same requests.
  const random = numbersFrom(Math.floor(chance(seed, pageGroup) * 2 ** 32));
  const perMinute = 150 + Math.floor(chance(seed, pageGroup, 'traffic') * 450);
  const entries: MinuteEntry[] = [];
  for (let minute = fromMinute; minute < toMinute; minute++) {
    const trouble = incidents.find((one) => minute >= one.fromMinute && minute < one.toMinute);
    const valid = drawn(perMinute * 2, dayShape(minute) / 2, random);
    const failed = drawn(valid, trouble?.failed ?? usualFailed, random);
    const slow = drawn(valid - failed, trouble?.slow ?? usualSlow, random);
    const bad = kind === 'latency' ? failed + slow : failed;
    entries.push({ minute, valid, bad, coverage: 1, state: minuteState.measured });
  }
  return entries;
}

/** Traffic of a minute by the clock of Korea: almost none at four, much from afternoon to evening. */
function dayShape(minute: number): number {
  const hour = ((minute + 9 * 60) % 1440) / 60;
  const wave = (hours: number, peak: number) => Math.cos(((hour - peak) / hours) * 2 * Math.PI);
  return 0.55 - 0.35 * wave(24, 4) + 0.1 * wave(12, 21);
}
