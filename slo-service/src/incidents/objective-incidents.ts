import type { MinuteSpan } from '../exclusions/left-out.ts';
import type { ServiceContext } from '../service-context.ts';
import { readerFor } from '../service-context.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import type { IncidentRule } from './bad-stretches.ts';
import { incidentList } from './incident-list.ts';
import type { IncidentList } from './incident.ts';

/** Pages that are looked through for the detection of incidents, the newest before their end. */
const pagesSearchedMax = 2000;

/** The incidents of an objective, with the pages that detected them. */
export function objectiveIncidents(
  context: ServiceContext,
  objective: ObjectiveConfig,
  range: MinuteSpan,
  rule: IncidentRule,
  group?: string,
): Promise<IncidentList> {
  const { clock, pageStore, now } = context;
  const pages = pageStore
    .before(clock.instant(range.toMinute + rule.gapMinutes), pagesSearchedMax)
    .map(({ page }) => page)
    .filter(({ objectives }) => objectives.some(({ id }) => id === objective.id))
    .toReversed();
  const question = { range, rule, pages, presentMinute: clock.endAt(now()) };
  return incidentList(objective, readerFor(context, objective, group), question, clock);
}
