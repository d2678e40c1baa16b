import type { BudgetAnswer, BurnRateAnswer } from '../api/schemas.ts';
import { groupsOf, measuredReaderFor } from '../service-context.ts';
import type { ServiceContext } from '../service-context.ts';
import { burnRates } from '../status/objective-status.ts';
import { promisedWindow, readBudget } from '../status/window.ts';

/** Groups that have gauges: the first of each objective in the order of their names. */
export const gaugedGroupsMax = 200;

/** The gauges of one group. */
export interface GroupFigures {
  readonly objective: string;
  readonly group: string;
  readonly budget: BudgetAnswer;
  readonly burnRates: readonly BurnRateAnswer[];
}

/** Figures of the groups of all objectives, and how many were left out. */
export interface AllGroupFigures {
  readonly groups: readonly GroupFigures[];
  readonly leftOut: number;
}

/** Reads them once for each revision of the ledger and each minute, however often they are scraped. */
export function groupFigures(context: ServiceContext): () => Promise<AllGroupFigures> {
  let last: { readonly key: string; readonly figures: Promise<AllGroupFigures> } | undefined;
  return () => {
    const { clock, now, revision } = context;
    const key = `${revision()} ${Math.floor(now() / clock.minuteMs)}`;
    if (last?.key !== key) last = { key, figures: readAll(context) };
    return last.figures;
  };
}

/** A group that cannot be read has no figures; its objective's status says why. */
async function readAll(context: ServiceContext): Promise<AllGroupFigures> {
  const named: { objective: string; group: string }[] = [];
  for (const { id, groupBy } of context.config.objectives) {
    if (groupBy.length === 0) continue;
    for (const group of await groupsOf(context, id)) named.push({ objective: id, group });
  }
  const groups: GroupFigures[] = [];
  for (const { objective, group } of named.slice(0, gaugedGroupsMax)) {
    const read = await figuresOf(context, objective, group).catch(() => undefined);
    if (read !== undefined) groups.push(read);
  }
  return { groups, leftOut: named.length - groups.length };
}

async function figuresOf(
  context: ServiceContext,
  id: string,
  group: string,
): Promise<GroupFigures | undefined> {
  const { clock, config, now } = context;
  const objective = config.objectives.find((one) => one.id === id);
  if (objective === undefined) return undefined;
  const end = clock.endAt(now());
  const reader = measuredReaderFor(context, objective, group);
  const budget = await readBudget(reader, promisedWindow(reader.history, end), clock);
  return { objective: id, group, budget, burnRates: await burnRates(reader, end, clock) };
}
