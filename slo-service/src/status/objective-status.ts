import {
  nameOf,
  secondsToExhaustion,
  titleOf,
  windowName,
  windowSeconds,
} from '@sprout/objectives';
import type { BurnRateAnswer, ObjectiveStatus } from '../api/schemas.ts';
import type { Text } from '../language/text.ts';
import type { WindowSum } from '../ledger/ledger.ts';
import { termsIn } from '../versions/promise-history.ts';
import { burnWindows } from './burn-windows.ts';
import type { BurnWindow } from './burn-windows.ts';
import { knowledge, recorded } from './knowledge.ts';
import type { Knowledge, MeterHealth } from './knowledge.ts';
import { unreadable } from './knowledge-words.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveConfig } from './objective-config.ts';
import type { ObjectiveReader } from './reader.ts';
import {
  budgetAnswer,
  burnRateOf,
  ledgerWindow,
  leftFractionOf,
  nothingSummed,
  promisedWindow,
  readBudget,
  secondsOf,
} from './window.ts';

/** Everything besides the ledger that a status is made of. */
export interface StatusFacts {
  readonly nowMs: number;
  readonly clock: MinuteClock;
  /** What the meter knows of the present; undefined for the past, which the ledger alone tells of. */
  readonly meter: MeterHealth | undefined;
  readonly measured: MeasuredAt;
  /** Ids of the pages of this objective that are firing. */
  readonly firing: readonly string[];
}

/** Where the events of an objective come from. */
export interface MeasuredAt {
  /** Selectors of its valid events. */
  readonly selectors: readonly string[];
  readonly services: readonly string[];
}

/** How a promise stands, in every language. */
export type Standing = Omit<ObjectiveStatus, keyof Knowledge | 'title' | 'name'> &
  Knowledge & { readonly title: Text; readonly name: Text | null };

/** How a promise stands at `nowMs`. */
export async function objectiveStatus(
  objective: ObjectiveConfig,
  reader: ObjectiveReader,
  facts: StatusFacts,
): Promise<Standing> {
  const { clock, nowMs, firing } = facts;
  const end = clock.endAt(nowMs);
  const window = promisedWindow(reader.history, end);
  const { target, ...terms } = termsIn(reader.history, end - 1);
  const budget = await readBudget(reader, window, clock);
  const leftFraction = leftFractionOf(budget);
  const burns = await burnRates(reader, end, clock);
  const hour = await reader.sum(end - 60, end);
  const counted = await reader.adjust({ fromMinute: end - 60, toMinute: end }, hour);
  const burn = burnRateOf(counted?.sum ?? hour, target);
  return {
    ...declared(objective),
    target,
    window: windowName(terms.window),
    thresholdSeconds: terms.thresholdSeconds,
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
): Standing {
  const window = ledgerWindow(objective.window, clock.endAt(nowMs));
  return {
    ...declared(objective),
    state: 'no_data',
    ...unreadable(error),
    verdict: 'unknown',
    asOf: clock.instant(Math.floor(nowMs / clock.minuteMs)),
    budget: budgetAnswer(nothingSummed, window, objective.target, clock),
    burnRates: [],
    secondsToExhaustion: null,
    firing: [],
  };
}

/**
 * Burn rates of all alert windows that end at `endMinute`, raw, as the alerts see them: by the
 * promise in force at the end. Alerts see nothing of what was simulated; such windows say so.
 */
export function burnRates(
  reader: Pick<ObjectiveReader, 'sum' | 'history' | 'simulated' | 'approximate'>,
  endMinute: number,
  clock: MinuteClock,
): Promise<BurnRateAnswer[]> {
  const { target, window } = termsIn(reader.history, endMinute - 1);
  const answer = async ({ name, seconds, threshold }: BurnWindow) => {
    const fromMinute = endMinute - clock.minutesOf(seconds);
    const counted = await reader.sum(fromMinute, endMinute);
    const { bad, valid } = counted;
    const burn = burnRateOf(counted, target);
    const span = { fromMinute, toMinute: endMinute };
    return {
      window: name,
      burnRate: burn,
      threshold,
      bad,
      valid,
      ...(reader.simulated(span) && { simulated: true as const }),
      ...(reader.approximate(span) && { approximate: true as const }),
    };
  };
  return Promise.all(burnWindows(windowSeconds(window)).map(answer));
}

function declared(objective: ObjectiveConfig) {
  const { id, owner, target, pages, alerts, pageGroup, dependsOn } = objective;
  const { sli, window, groupBy } = objective;
  return {
    id,
    title: titleOf(objective),
    name: nameOf(objective),
    owner,
    target,
    pages,
    alerts,
    pageGroup,
    dependsOn,
    kind: sli.kind,
    window: windowName(window),
    thresholdSeconds: sli.thresholdSeconds ?? null,
    ...(groupBy.length > 0 && { groupBy }),
    ...(sli.slice && { slice: sli.slice }),
    ...(sli.composite && { composite: sli.composite }),
  };
}

function knowledgeOf(hour: WindowSum, { clock, nowMs, meter, measured }: StatusFacts) {
  const { valid } = hour;
  if (meter === undefined) return recorded(hour);
  return knowledge({
    meter,
    nowMs,
    minuteMs: clock.minuteMs,
    ...measured,
    validInHour: valid,
  });
}

/** The verdict that follows from what is left, the burn of the last hour and firing pages. */
export function verdictOf(
  leftFraction: number | null,
  hourBurn: number | null,
  firing: readonly string[],
): ObjectiveStatus['verdict'] {
  if (leftFraction === null) return 'unknown';
  if (leftFraction < 0) return 'broken';
  return firing.length > 0 || (hourBurn ?? 0) > 1 ? 'at_risk' : 'kept';
}
