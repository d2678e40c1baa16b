import type { GroupAnswer, Incident, ObjectiveStatus, Page } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';

/** A stretch that spent budget. */
export interface Spender {
  readonly incident: Incident;
  /** Part of the allowed bad events; null when nothing is allowed. */
  readonly fraction: number | null;
  /** The page or ticket that detected it, when it is known. */
  readonly page: Page | undefined;
}

/** What spent a budget: the costliest stretches, and all that is spread over other minutes. */
export interface Spending {
  readonly top: readonly Spender[];
  readonly others: number;
  readonly scattered: { readonly bad: number; readonly fraction: number | null };
}

const topMax = 5;

/** Ranks the incidents of a window by the bad events they had. */
export function spending(
  budget: ObjectiveStatus['budget'],
  incidents: readonly Incident[],
  alerts: readonly Page[],
): Spending {
  const { bad, allowed } = judgedBudget(budget);
  const fractionOf = (events: number) => (allowed > 0 ? events / allowed : null);
  const ranked = incidents.toSorted((a, b) => b.bad - a.bad);
  const inIncidents = incidents.reduce((sum, incident) => sum + incident.bad, 0);
  const scattered = Math.max(0, bad - inIncidents);
  return {
    top: ranked.slice(0, topMax).map((incident) => ({
      incident,
      fraction: fractionOf(incident.bad),
      page: alerts.find(({ id }) => id === incident.page),
    })),
    others: Math.max(0, ranked.length - topMax),
    scattered: { bad: scattered, fraction: fractionOf(scattered) },
  };
}

/** Groups by the bad events they had; those without any spent nothing. */
export function rankedByBad(groups: readonly GroupAnswer[]) {
  return groups
    .map(({ group, labels, budget }) => {
      const { bad, leftFraction: left } = judgedBudget(budget);
      return { group, labels, bad, left };
    })
    .filter(({ bad }) => bad > 0)
    .toSorted((a, b) => b.bad - a.bad);
}

/** Hours before now that are looked through when no incident spent anything. */
const recentHours = 6;

/**
 * The stretch whose labels say most: the incident with most bad events, of those that happened;
 * else the last hours. It ends with a minute of the ledger, so it is the same until the next one.
 */
export function costliest(
  { budget: { to } }: Pick<ObjectiveStatus, 'budget'>,
  incidents: readonly Incident[],
): { readonly from: string; readonly to: string } {
  const [worst] = incidents.filter(({ simulated }) => !simulated).toSorted((a, b) => b.bad - a.bad);
  if (worst !== undefined) return { from: worst.from, to: worst.to ?? to };
  return { from: new Date(Date.parse(to) - recentHours * 3_600_000).toISOString(), to };
}

/** The newest request that shows the failure of a promise. */
export function exampleOf(id: string, alerts: readonly Page[]): string | undefined {
  const own = alerts.filter(
    ({ objectives, exampleTrace }) => exampleTrace && objectives.some((one) => one.id === id),
  );
  return own.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))[0]?.exampleTrace?.traceId;
}
