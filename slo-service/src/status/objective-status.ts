import { secondsToExhaustion, windowName, windowSeconds } from '@sprout/objectives';
import type { SproutConfig } from '@sprout/process';
import type { BurnRateAnswer, ObjectiveStatus } from '../api/schemas.ts';
import type { WindowSum } from '../ledger/ledger.ts';
import type { PlannedObjective } from '../meter/plan.ts';
import { burnWindows } from './burn-windows.ts';
import type { BurnWindow } from './burn-windows.ts';
import { knowledge } from './knowledge.ts';
import type { MeterHealth } from './knowledge.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveReader } from './reader.ts';
import {
  budgetAnswer,
  burnRateOf,
  ledgerWindow,
  leftFractionOf,
  readBudget,
  secondsOf,
} from './window.ts';

export type ObjectiveConfig = SproutConfig['objectives'][number];

/** Everything besides the ledger that a status is made of. */
export interface StatusFacts {
  readonly nowMs: number;
  readonly clock: MinuteClock;
  readonly meter: MeterHealth;
  readonly planned: PlannedObjective;
  /** Ids of the pages of this objective that are firing. */
  readonly firing: readonly string[];
}

/** How a promise stands at `nowMs`. */
export async function objectiveStatus(
  objective: ObjectiveConfig,
  reader: ObjectiveReader,
  facts: StatusFacts,
): Promise<ObjectiveStatus> {
  const { clock, nowMs, firing } = facts;
  const end = clock.endAt(nowMs);
  const window = ledgerWindow(objective.window, end);
  const budget = await readBudget(reader, window, objective.target, clock);
  const leftFraction = leftFractionOf(budget);
  const burns = await burnRates(objective, reader, end, clock);
  const hour = await reader.sum(end - 60, end);
  const counted = await reader.adjust({ fromMinute: end - 60, toMinute: end }, hour);
  const burn = burnRateOf(counted?.sum ?? hour, objective.target);
  return {
    ...declared(objective),
    ...knowledgeOf(hour, facts),
    verdict: verdictOf(leftFraction, burn, firing),
    asOf: clock.instant(Math.floor(nowMs / clock.minuteMs)),
    budget,
    burnRates: burns,
    secondsToExhaustion: secondsToExhaustion(leftFraction, secondsOf(window, clock), burn),
    firing: [...firing],
  };
}

/** What is left to say of a promise whose figures cannot be read. */
export function unreadableStatus(
  objective: ObjectiveConfig,
  { clock, nowMs }: Pick<StatusFacts, 'clock' | 'nowMs'>,
  error: unknown,
): ObjectiveStatus {
  const window = ledgerWindow(objective.window, clock.endAt(nowMs));
  return {
    ...declared(objective),
    state: 'no_data',
    cause: `Its figures cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Look for this objective in the log of slo-service.',
    verdict: 'unknown',
    asOf: clock.instant(Math.floor(nowMs / clock.minuteMs)),
    budget: budgetAnswer(nothingSummed, window, objective.target, clock),
    burnRates: [],
    secondsToExhaustion: null,
    firing: [],
  };
}

const nothingSummed = { valid: 0, bad: 0, covered: 0, closed: 0, firstMeasured: null };

/** Burn rates of all alert windows that end at `endMinute`; raw, as the alerts see them. */
export function burnRates(
  { target, window }: ObjectiveConfig,
  reader: Pick<ObjectiveReader, 'sum'>,
  endMinute: number,
  clock: MinuteClock,
): Promise<BurnRateAnswer[]> {
  const answer = async ({ name, seconds, threshold }: BurnWindow) => {
    const counted = await reader.sum(endMinute - clock.minutesOf(seconds), endMinute);
    const { bad, valid } = counted;
    return { window: name, burnRate: burnRateOf(counted, target), threshold, bad, valid };
  };
  return Promise.all(burnWindows(windowSeconds(window)).map(answer));
}

function declared(objective: ObjectiveConfig) {
  const { sli, window, ...own } = objective;
  return {
    ...own,
    kind: sli.kind,
    window: windowName(window),
    thresholdSeconds: sli.thresholdSeconds ?? null,
  };
}

function knowledgeOf({ valid }: WindowSum, { clock, nowMs, meter, planned }: StatusFacts) {
  return knowledge({
    meter,
    nowMs,
    minuteMs: clock.minuteMs,
    selectors: planned.valid,
    services: planned.services,
    validInHour: valid,
  });
}

function verdictOf(
  leftFraction: number | null,
  hourBurn: number | null,
  firing: readonly string[],
): ObjectiveStatus['verdict'] {
  if (leftFraction === null) return 'unknown';
  if (leftFraction < 0) return 'broken';
  return firing.length > 0 || (hourBurn ?? 0) > 1 ? 'at_risk' : 'kept';
}
