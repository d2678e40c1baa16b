import { formatRatio, formatTarget } from '@sprout/objectives/figure';
import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';
import { formatCount } from '../format/count.ts';
import { spellSpan } from '../format/time-span.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import { windowSeconds } from '../place/range.ts';

/**
 * Says in words how a promise stands, for people who own it and read no charts.
 * @example
 * "Orders: 99.2 % of 1.2M requests were answered well within 2 seconds, promised 99 %;
 *  23 % of November's budget is left and lasts 9 days at this pace."
 */
export function sentence(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  if (judgedBudget(status.budget).compliance === null) return t.sentenceUnknown;
  const compliance = complianceClause(status, t, locale);
  const subject = subjectName(status);
  const first = subject === undefined ? compliance : t.sentenceAbout(subject, compliance);
  return t.sentenceJoin(first, budgetClause(status, t, locale));
}

function complianceClause(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  const { valid, compliance } = judgedBudget(status.budget);
  const count = formatCount(valid, locale);
  const subject = subjectOf(status, count, t);
  const ratio = formatRatio(compliance, status.target);
  return t.sentenceCompliance(ratio, subject, outcome(status, t, locale), target(status));
}

/** Time slices and composites count minutes. */
function subjectOf(status: ObjectiveStatus, count: string, t: Dictionary): string {
  if (status.kind === 'time-slice' || status.kind === 'composite') return t.minutesCounted(count);
  return status.pages || isRoute(status) ? t.requests(count) : t.operations(count);
}

function outcome(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  if (status.kind === 'availability') return t.didAvailability;
  if (status.thresholdSeconds === null) return t.didEvents;
  const span = thresholdText(status.thresholdSeconds, locale);
  return isRoute(status) ? t.didLatency(span) : t.didOperations(span);
}

function budgetClause(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  const { left, leftFraction } = judgedBudget(status.budget);
  const name = budgetName(status, t, locale);
  if (left < 0)
    return t.sentenceOverspent(name, t.badEvents(formatCount(Math.ceil(-left), locale)));
  if (left === 0) return t.sentenceSpent(name);
  const percent = formatRatio(leftFraction);
  const seconds = status.secondsToExhaustion;
  if (seconds === null) return t.sentenceCalm(percent, name);
  const window = windowSeconds(status.window);
  if (seconds > window) return t.sentenceBeyond(percent, name);
  return t.sentenceLasts(percent, name, spellSpan(seconds, locale));
}

/**
 * The budget by its period: `November's budget`, `the budget of 30 days`. A month is named in the
 * zone it belongs to, so that it is the same month for every reader.
 */
export function budgetName(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  const [unit = '', zone] = status.window.split('@');
  if (zone === undefined) return t.budgetRolling(spellSpan(windowSeconds(status.window), locale));
  const at = new Date((Date.parse(status.budget.from) + Date.parse(status.budget.to)) / 2);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(at);
  if (unit === 'month') return t.budgetMonth(part({ month: 'long' }));
  if (unit === 'year') return t.budgetMonth(part({ year: 'numeric' }));
  if (unit === 'quarter') return t.budgetQuarter(String(Math.ceil(monthOf(at, zone) / 3)));
  return unit === 'week' ? t.budgetWeek : t.budgetDay;
}

/** A window in words: `rolling 30 days`, `calendar month (Asia/Seoul)`. */
export function windowText(window: string, t: Dictionary, locale: string): string {
  const [unit = '', zone] = window.split('@');
  if (zone === undefined) return t.rolling(spellSpan(windowSeconds(window), locale));
  const known = t.calendarUnits as Readonly<Record<string, string>>;
  return t.calendarWindow(known[unit] ?? unit, zone);
}

function monthOf(at: Date, zone: string): number {
  return Number(new Intl.DateTimeFormat('en', { month: 'numeric', timeZone: zone }).format(at));
}

/** What a promise is about, short enough to head a row: `Orders · answered well in time`. */
export function promiseName(status: ObjectiveStatus, t: Dictionary): string {
  const subject = subjectName(status);
  return subject === undefined ? status.title : `${subject} · ${whatIsPromised(status, t)}`;
}

function whatIsPromised(status: ObjectiveStatus, t: Dictionary): string {
  const { kind, thresholdSeconds } = status;
  if (kind === 'availability') return t.nameAnswered;
  if (thresholdSeconds === null) return t.nameWell;
  return isRoute(status) ? t.nameInTime : t.nameDoneInTime;
}

/** As its owner calls it, else its route. */
function subjectName(status: ObjectiveStatus): string | undefined {
  const route = routeOf(status);
  return status.name ?? (route && `${route.charAt(0).toUpperCase()}${route.slice(1)}`);
}

/** The route whose users feel this promise, when it is one of a route. */
export function routeOf(status: Pick<ObjectiveStatus, 'pageGroup'>): string | undefined {
  return /^route-(.+)$/.exec(status.pageGroup)?.[1];
}

/** A latency threshold: whole seconds in words, shorter ones in milliseconds. */
export function thresholdText(seconds: number, locale: string): string {
  return seconds >= 1 ? spellSpan(seconds, locale) : `${Math.round(seconds * 1000)} ms`;
}

const isRoute = (status: ObjectiveStatus): boolean => routeOf(status) !== undefined;
const target = (status: ObjectiveStatus): string => formatTarget(status.target);
