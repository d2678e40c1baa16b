import {
  calendar,
  calendarPeriod,
  localTime,
  periodIn,
  titleOf,
  windowName,
} from '@sprout/objectives';
import type { NamedPeriod, Period } from '@sprout/objectives';
import { annotationsPerAnswerMax } from '../annotations/annotation-store.ts';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { defaultRule } from '../incidents/bad-stretches.ts';
import { objectiveIncidents } from '../incidents/objective-incidents.ts';
import type { ServiceContext } from '../service-context.ts';
import { readerFor } from '../service-context.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import type { ObjectiveReader } from '../status/reader.ts';
import { isKept, readBudget } from '../status/window.ts';
import { termsIn } from '../versions/promise-history.ts';
import type { Report, ReportDay } from './report.ts';
import type { Language } from '../language/language.ts';

/** Which period is reported, and up to when. */
export interface ReportQuestion {
  readonly period: NamedPeriod;
  readonly zone: string;
  /** What is not known yet at this instant is left out, Unix milliseconds. */
  readonly atMs: number;
  /** Of its title. */
  readonly language: Language;
}

/** Ledger minutes after which samples of a period can no longer arrive. */
const settledAfterMinutes = 15;

/** Puts together how a promise was kept in a period of the clock on the wall. */
export async function periodReport(
  context: ServiceContext,
  objective: ObjectiveConfig,
  question: ReportQuestion,
): Promise<Report> {
  const { clock, annotationStore, exclusionStore } = context;
  const { period, zone, atMs } = question;
  const { fromMs, toMs } = periodIn(period, zone);
  const knownMs = Math.min(toMs, clock.endAt(atMs) * clock.minuteMs);
  const stretch = minutesBetween({ fromMs, toMs: knownMs }, clock.minuteMs);
  const reader = readerFor(context, objective);
  const window = { name: nameOfWindow(period, zone), ...stretch };
  const budget = await readBudget(reader, window, clock);
  const found = await objectiveIncidents(context, objective, stretch, defaultRule);
  const touching = reader.leftOut(stretch.fromMinute, stretch.toMinute).exclusions;
  const annotations = annotationStore.list({
    fromMs,
    toMs: knownMs,
    objective: objective.id,
    limit: annotationsPerAnswerMax + 1,
  });
  return {
    id: objective.id,
    title: titleOf(objective)[question.language],
    owner: objective.owner,
    target: termsIn(reader.history, stretch.toMinute - 1).target,
    ...(period.kind === 'month' ? { month: period.name } : { period: period.name }),
    zone,
    from: budget.from,
    to: budget.to,
    complete: knownAt(context, atMs) >= toMs + settledAfterMinutes * clock.minuteMs,
    kept: isKept(budget),
    budget,
    figures: found.figures,
    incidents: found.items,
    days: await daysOf(context, objective, { fromMs, toMs: knownMs }, zone, budget),
    exclusions: exclusionStore.inForce().filter(({ id }) => touching.includes(id)),
    annotations: annotations.slice(-annotationsPerAnswerMax),
    ...(annotations.length > annotationsPerAnswerMax && { annotationsCut: true as const }),
  };
}

/** `week@Asia/Seoul`; a stretch of days is called by its days. */
const nameOfWindow = ({ kind, name }: NamedPeriod, zone: string): string =>
  kind === 'days' ? `${name}@${zone}` : windowName(calendar(kind, zone));

/** Nothing is known of what the meter has not read. */
function knownAt({ meterHealth }: ServiceContext, atMs: number): number {
  return Math.min(atMs, meterHealth().lastReadMs ?? 0);
}

async function daysOf(
  context: ServiceContext,
  objective: ObjectiveConfig,
  { fromMs, toMs }: Period,
  zone: string,
  whole: Report['budget'],
): Promise<ReportDay[]> {
  const { clock } = context;
  const reader: ObjectiveReader = readerFor(context, objective);
  const { allowed } = whole.adjusted ?? whole;
  const days: ReportDay[] = [];
  for (let at = fromMs; at < toMs;) {
    const day = calendarPeriod('day', zone, at);
    const stretch = minutesBetween({ fromMs: at, toMs: Math.min(day.toMs, toMs) }, clock.minuteMs);
    const budget = await readBudget(reader, { name: 'day', ...stretch }, clock);
    const { good, bad, valid, compliance, coverage, adjusted } = budget;
    days.push({
      date: new Date(localTime(at, zone)).toISOString().slice(0, 10),
      good,
      bad,
      valid,
      compliance,
      kept: isKept(budget),
      coverage,
      excludedMinutes: adjusted?.excludedMinutes ?? 0,
      spentFraction: valid > 0 ? (adjusted ?? budget).bad / allowed : null,
      ...(budget.simulated && { simulated: true as const }),
      ...(budget.approximate && { approximate: true as const }),
    });
    at = day.toMs;
  }
  return days;
}

function minutesBetween({ fromMs, toMs }: Period, minuteMs: number): MinuteSpan {
  return { fromMinute: Math.floor(fromMs / minuteMs), toMinute: Math.floor(toMs / minuteMs) };
}
