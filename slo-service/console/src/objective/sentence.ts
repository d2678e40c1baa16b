import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { formatCount } from '../format/count.ts';
import { formatRatio, formatTarget } from '../format/ratio.ts';
import { spellSpan } from '../format/time-span.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import { windowSeconds } from '../place/range.ts';

/**
 * Says in words how a promise stands, for people who own it and read no charts.
 * @example
 * "99.2 % of 1.2M requests were answered well within 2 seconds, promised 99 %;
 *  23 % of the budget is left and lasts 9 days at this pace."
 */
export function sentence(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  if (status.budget.compliance === null) return t.sentenceUnknown;
  return t.sentenceJoin(complianceClause(status, t, locale), budgetClause(status, t, locale));
}

function complianceClause(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  const count = formatCount(status.budget.valid, locale);
  const subject = status.pages || isRoute(status) ? t.requests(count) : t.operations(count);
  const ratio = formatRatio(status.budget.compliance, status.target);
  return t.sentenceCompliance(ratio, subject, outcome(status, t, locale), target(status));
}

function outcome(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  if (status.kind === 'availability') return t.didAvailability;
  if (status.thresholdSeconds === null) return t.didEvents;
  const span = thresholdText(status.thresholdSeconds, locale);
  return isRoute(status) ? t.didLatency(span) : t.didOperations(span);
}

function budgetClause(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  const { left, leftFraction } = status.budget;
  if (left < 0) return t.sentenceOverspent(t.badEvents(formatCount(Math.ceil(-left), locale)));
  if (left === 0) return t.sentenceSpent;
  const percent = formatRatio(leftFraction);
  const seconds = status.secondsToExhaustion;
  if (seconds === null) return t.sentenceCalm(percent);
  const window = windowSeconds(status.window);
  if (seconds > window) return t.sentenceBeyond(percent, spellSpan(window, locale));
  return t.sentenceLasts(percent, spellSpan(seconds, locale));
}

/** A promise in the words of the language; titles nobody translated stay as they were declared. */
export function promiseTitle(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  const route = routeOf(status);
  if (route === undefined) return status.title;
  const span =
    status.thresholdSeconds === null ? '' : thresholdText(status.thresholdSeconds, locale);
  const write = span === '' ? t.promiseAvailability : t.promiseLatency;
  return write?.(route, target(status), span) ?? status.title;
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
