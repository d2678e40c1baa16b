import type { Page } from '../api/schemas.ts';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import type { ObjectiveReader } from '../status/reader.ts';
import { budgetOf } from '../status/window.ts';
import { termsIn } from '../versions/promise-history.ts';
import { badRatioMin, badStretches } from './bad-stretches.ts';
import type { BadStretch, IncidentRule } from './bad-stretches.ts';
import type { Incident, IncidentList } from './incident.ts';
import { isOver } from './recovery.ts';
import { reliability } from './reliability.ts';

/** Where incidents are looked for, and with what. */
export interface IncidentQuestion {
  readonly range: MinuteSpan;
  readonly rule: IncidentRule;
  /** Pages and tickets of the objective, oldest first. */
  readonly pages: readonly Pick<Page, 'id' | 'startedAt' | 'endedAt'>[];
  /** End of what is known; a stretch goes on until enough minutes before it were seen. */
  readonly presentMinute: number;
}

/** Incidents of an objective in a stretch of the ledger, and the figures that follow from them. */
export async function incidentList(
  objective: ObjectiveConfig,
  reader: ObjectiveReader,
  { range, rule, pages, presentMinute }: IncidentQuestion,
  clock: MinuteClock,
): Promise<IncidentList> {
  const { fromMinute, toMinute } = range;
  const columns = await reader.minutes(fromMinute, toMinute);
  for (const span of reader.leftOut(fromMinute, toMinute).spans) {
    columns.state.fill(
      minuteState.excluded,
      span.fromMinute - fromMinute,
      span.toMinute - fromMinute,
    );
  }
  const targetAt = (minute: number) => termsIn(reader.history, minute).target;
  const stretches = badStretches(columns, targetAt, rule);
  const last = stretches.at(-1);
  const goesOn = last !== undefined && !(await isOver(reader, last.toMinute, presentMinute, rule));
  const items = stretches.map((stretch) => {
    const page = detection(stretch, pages, rule, clock);
    return {
      ...incidentOf(stretch, page, goesOn && stretch === last, clock),
      ...(reader.simulated(stretch) && { simulated: true as const }),
      ...(reader.approximate(stretch) && { approximate: true as const }),
      ...(reader.isCoarse(stretch) && { coarse: true as const }),
    };
  });
  const seconds = (minutes: number) => (minutes * clock.minuteMs) / 1000;
  const { observed, valid, bad } = observation(columns, stretches);
  return {
    id: objective.id,
    from: clock.instant(fromMinute),
    to: clock.instant(toMinute),
    rule: { ...rule, badRatioMin: badRatioMin(rule, targetAt(toMinute - 1)) },
    figures: reliability({
      observedSeconds: seconds(observed),
      ...budgetOf({ valid, bad }, objective.target),
      incidents: items.map(({ minutes, secondsToDetect }) => ({
        downSeconds: seconds(minutes),
        secondsToDetect,
      })),
    }),
    items,
  };
}

type KnownPage = IncidentQuestion['pages'][number];

/**
 * The page that belongs to an incident: the first that begins within it or while its gap may
 * still be filled, which is before the next incident; one that was firing already has detected
 * it at once.
 */
function detection(
  { fromMinute, toMinute }: BadStretch,
  pages: readonly KnownPage[],
  { gapMinutes }: IncidentRule,
  { minuteMs }: MinuteClock,
) {
  const fromMs = fromMinute * minuteMs;
  const latestMs = (toMinute + gapMinutes) * minuteMs;
  const page = pages.find(({ startedAt, endedAt }) => {
    const endedMs = endedAt === null ? Infinity : Date.parse(endedAt);
    return Date.parse(startedAt) < latestMs && endedMs > fromMs;
  });
  if (page === undefined) return { page: null, secondsToDetect: null };
  const delayMs = Math.max(0, Date.parse(page.startedAt) - fromMs);
  return { page: page.id, secondsToDetect: delayMs / 1000 };
}

function incidentOf(
  { fromMinute, toMinute, minutes, bad, valid, worstRatio }: BadStretch,
  found: Pick<Incident, 'page' | 'secondsToDetect'>,
  goesOn: boolean,
  clock: MinuteClock,
): Incident {
  return {
    from: clock.instant(fromMinute),
    to: goesOn ? null : clock.instant(toMinute),
    minutes,
    bad,
    valid,
    worstRatio,
    ...found,
  };
}

/** Minutes of which something is known, and their events. Minutes of incidents are known. */
function observation(
  { state, valid, bad, fromMinute }: MinuteColumns,
  stretches: readonly BadStretch[],
) {
  const known = Uint8Array.from(state, (one, index) =>
    one === minuteState.measured || (valid[index] ?? 0) > 0 ? 1 : 0,
  );
  for (const stretch of stretches) {
    known.fill(1, stretch.fromMinute - fromMinute, stretch.toMinute - fromMinute);
  }
  const sum = { observed: 0, valid: 0, bad: 0 };
  for (const [index, isKnown] of known.entries()) {
    if (state[index] === minuteState.excluded) continue;
    sum.observed += isKnown;
    sum.valid += valid[index] ?? 0;
    sum.bad += bad[index] ?? 0;
  }
  return sum;
}
