import { calendarPeriod, defaultZone, localTime, titleOf } from '@sprout/objectives';
import type { ObjectiveStatus } from '../api/schemas.ts';
import type { Text } from '../language/text.ts';
import { defaultRule } from '../incidents/bad-stretches.ts';
import { objectiveIncidents } from '../incidents/objective-incidents.ts';
import type { ServiceContext } from '../service-context.ts';
import { readerFor, statusNow } from '../service-context.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { trustedVerdict } from '../status/standing.ts';
import { overlap } from '../status/reader.ts';
import { budgetOf, isKept, readBudget } from '../status/window.ts';

/** Days of a strip. */
export const stripDays = 90;
/** Days whose incidents and announcements are told. */
export const tellDays = 14;
/** Announcements that are shown. */
const announcementsMax = 20;

/** What everybody may know: nothing of owners, people, machines, traces or causes. */
export interface PublicStatus {
  readonly asOf: string;
  readonly zone: string;
  /** What of the strips never happened; absent when all of it was measured. */
  readonly simulated?: { readonly from: string; readonly to: string };
  readonly services: readonly PublicService[];
  /** Newest first. */
  readonly incidents: readonly PublicIncident[];
  readonly announcements: readonly {
    readonly id: string;
    readonly at: string;
    readonly title: string;
  }[];
}

export interface PublicService {
  readonly id: string;
  readonly title: Text;
  readonly target: number;
  readonly verdict: ObjectiveStatus['verdict'];
  /** Of all days together; null when nothing was measured. */
  readonly compliance: number | null;
  readonly days: readonly PublicDay[];
}

/** A day of the strip. */
export interface PublicDay {
  /** In the page's zone, for example `2026-11-27`. */
  readonly date: string;
  readonly compliance: number | null;
  readonly kept: boolean | null;
  readonly marks: readonly PublicMark[];
}

/** Why figures are not quite what happened: some of it never did, or is known as sums alone. */
export type PublicMark = (typeof publicMarks)[number];
const publicMarks = ['simulated', 'approximate'] as const;

export interface PublicIncident {
  readonly service: string;
  readonly title: Text;
  readonly from: string;
  /** Null while it goes on. */
  readonly to: string | null;
  readonly minutes: number;
  readonly marks: readonly PublicMark[];
}

/** How the promises made to users stand: those that page. */
export async function publicStatus(context: ServiceContext): Promise<PublicStatus> {
  const { config, clock, now, annotationStore } = context;
  const promises = config.objectives.filter(({ pages }) => pages);
  const nowMs = now();
  const toldFromMs = nowMs - tellDays * dayMs;
  const incidents = await Promise.all(promises.map((one) => incidentsOf(context, one, toldFromMs)));
  const notes = annotationStore.list({ fromMs: toldFromMs, toMs: nowMs, limit: Infinity });
  return {
    asOf: clock.instant(Math.floor(nowMs / clock.minuteMs)),
    zone: defaultZone,
    ...simulatedPart(context, nowMs),
    services: await Promise.all(promises.map((one) => serviceOf(context, one, nowMs))),
    incidents: incidents.flat().toSorted((a, b) => Date.parse(b.from) - Date.parse(a.from)),
    announcements: notes
      .filter(({ kind }) => kind === 'announcement')
      .map(({ id, at, title }) => ({ id, at, title }))
      .toReversed()
      .slice(0, announcementsMax),
  };
}

const dayMs = 86_400_000;

/** What of the days that are shown was simulated. */
function simulatedPart({ clock, simulationStore }: ServiceContext, nowMs: number) {
  const { fromMs } = calendarPeriod('day', defaultZone, nowMs - (stripDays - 1) * dayMs);
  const strip = { fromMinute: Math.floor(fromMs / clock.minuteMs), toMinute: Infinity };
  const part = overlap(strip, simulationStore.read());
  if (part === undefined) return {};
  return {
    simulated: { from: clock.instant(part.fromMinute), to: clock.instant(part.toMinute) },
  };
}

async function serviceOf(context: ServiceContext, objective: ObjectiveConfig, nowMs: number) {
  const verdict = trustedVerdict(await statusNow(context, objective));
  const days = await daysOf(context, objective, nowMs);
  const total = days.reduce(
    (sum, one) => ({ valid: sum.valid + one.valid, bad: sum.bad + one.bad }),
    {
      valid: 0,
      bad: 0,
    },
  );
  return {
    id: objective.id,
    title: titleOf(objective),
    target: objective.target,
    verdict,
    compliance: budgetOf(total, objective.target).compliance,
    days,
  };
}

/** Days of the page's zone, oldest first, without what is excluded, by the promise then in force. */
async function daysOf(context: ServiceContext, objective: ObjectiveConfig, nowMs: number) {
  const reader = readerFor(context, objective);
  const { minuteMs } = context.clock;
  const days = [];
  let lastMs = nowMs;
  for (let index = 0; index < stripDays; index++) {
    const { fromMs } = calendarPeriod('day', defaultZone, lastMs);
    const stretch = {
      fromMinute: Math.floor(fromMs / minuteMs),
      toMinute: Math.ceil((lastMs + 1) / minuteMs),
    };
    const budget = await readBudget(reader, { name: 'day', ...stretch }, context.clock);
    const { valid, bad, compliance } = budget.adjusted ?? budget;
    const date = new Date(localTime(fromMs, defaultZone)).toISOString().slice(0, 10);
    days.push({ date, valid, bad, compliance, kept: isKept(budget), marks: marksOf(budget) });
    lastMs = fromMs - 1;
  }
  return days.toReversed();
}

async function incidentsOf(
  context: ServiceContext,
  objective: ObjectiveConfig,
  fromMs: number,
): Promise<PublicIncident[]> {
  const { clock, now } = context;
  const range = { fromMinute: Math.floor(fromMs / clock.minuteMs), toMinute: clock.endAt(now()) };
  const { items } = await objectiveIncidents(context, objective, range, defaultRule);
  return items.map((item) => {
    const { from, to } = item;
    const minutes = Math.ceil((item.minutes * clock.minuteMs) / 60_000);
    const service = objective.id;
    return { service, title: titleOf(objective), from, to, minutes, marks: marksOf(item) };
  });
}

function marksOf(of: Readonly<Partial<Record<PublicMark, unknown>>>): readonly PublicMark[] {
  return publicMarks.filter((mark) => of[mark] !== undefined);
}
