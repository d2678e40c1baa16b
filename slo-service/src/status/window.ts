import {
  allowedRatio,
  budget,
  budgetAllowing,
  burnRate,
  calendarPeriod,
  windowName,
  windowSeconds,
} from '@sprout/objectives';
import type { Budget, Window } from '@sprout/objectives';
import type { BudgetAnswer } from '../api/schemas.ts';
import type { WindowSum } from '../ledger/ledger.ts';
import { termsIn, termsSpans } from '../versions/promise-history.ts';
import type { PromiseHistory, TermsSpan } from '../versions/promise-history.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveReader } from './reader.ts';

/** A window of a promise and the stretch of the ledger it covers. */
export interface LedgerWindow {
  /** For example `30d` or `month@Asia/Seoul`. */
  readonly name: string;
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** The stretch of the ledger that a window covers which ends at `endMinute`. */
export function ledgerWindow(window: Window, endMinute: number): LedgerWindow {
  return {
    name: windowName(window),
    fromMinute: windowStarts(window)(endMinute),
    toMinute: endMinute,
  };
}

/**
 * A function from the end minute of a window to its first minute, for ends in rising order.
 * Calendars run by the promise's clock, sixty ledger minutes to the hour, so that they are
 * compressed with everything else.
 */
export function windowStarts(window: Window): (endMinute: number) => number {
  if (window.kind === 'rolling') {
    const minutes = Math.max(1, Math.round(windowSeconds(window) / 60));
    return (endMinute) => Math.max(0, endMinute - minutes);
  }
  let period = { fromMs: 0, toMs: 0 };
  return (endMinute) => {
    const lastMs = (endMinute - 1) * promisedMinuteMs;
    if (lastMs < period.fromMs || lastMs >= period.toMs) {
      period = calendarPeriod(window.unit, window.zone, lastMs);
    }
    return Math.max(0, Math.floor(period.fromMs / promisedMinuteMs));
  };
}

const promisedMinuteMs = 60_000;

/** Length of a window's stretch by the clock, in seconds. */
export function secondsOf(window: LedgerWindow, { minuteMs }: MinuteClock): number {
  return ((window.toMinute - window.fromMinute) * minuteMs) / 1000;
}

/** The budget of a window, from what the ledger has summed up over it. */
export function budgetAnswer(
  sum: WindowSum,
  window: LedgerWindow,
  target: number,
  clock: MinuteClock,
): BudgetAnswer {
  return answer(window, clock, figuresOf(sum, budgetOf(sum, target)));
}

/**
 * The budget of a window, raw and, where something is excluded, adjusted. Each stretch of it is
 * judged by the promise in force then.
 */
export async function readBudget(
  reader: ObjectiveReader,
  window: LedgerWindow,
  clock: MinuteClock,
  history: PromiseHistory = reader.history,
): Promise<BudgetAnswer> {
  const spans = termsSpans(history, window);
  const sum = await reader.sum(window.fromMinute, window.toMinute);
  const parts = spans.length === 1 ? [sum] : await Promise.all(spans.map(rawSum(reader)));
  const raw = {
    ...answer(window, clock, figuresOf(sum, budgetAcross(sum, parts, spans))),
    ...(spans.length > 1 && { promised: promisedStretches(spans, parts, clock) }),
    ...markedPart('simulated', reader, window, clock),
    ...markedPart('approximate', reader, window, clock),
  };
  const adjustment = await reader.adjust(window, sum);
  if (adjustment === undefined) return raw;
  const { excludedMinutes, exclusions } = adjustment;
  const kept =
    spans.length === 1
      ? [adjustment.sum]
      : await Promise.all(spans.map(adjustedSum(reader, parts)));
  const figures = figuresOf(adjustment.sum, budgetAcross(adjustment.sum, kept, spans));
  return { ...raw, adjusted: { ...figures, excludedMinutes, exclusions: [...exclusions] } };
}

/** Names what of a window was simulated, or read as sums; nothing where all was counted. */
function markedPart(
  mark: 'simulated' | 'approximate',
  reader: ObjectiveReader,
  window: LedgerWindow,
  clock: MinuteClock,
) {
  const part = reader[mark](window);
  if (part === undefined) return {};
  return { [mark]: { from: clock.instant(part.fromMinute), to: clock.instant(part.toMinute) } };
}

const rawSum =
  ({ sum }: ObjectiveReader) =>
  ({ fromMinute, toMinute }: TermsSpan) =>
    sum(fromMinute, toMinute);

const adjustedSum =
  ({ adjust }: ObjectiveReader, parts: readonly WindowSum[]) =>
  async (span: TermsSpan, index: number) => {
    const raw = parts[index] ?? nothingSummed;
    return (await adjust(span, raw))?.sum ?? raw;
  };

function promisedStretches(
  spans: readonly TermsSpan[],
  parts: readonly WindowSum[],
  clock: MinuteClock,
): BudgetAnswer['promised'] {
  return spans.map(({ fromMinute, toMinute, terms }, index) => {
    const { target, thresholdSeconds } = terms;
    const { valid, bad, allowed } = budgetOf(parts[index] ?? nothingSummed, target);
    const [from, to] = [clock.instant(fromMinute), clock.instant(toMinute)];
    const threshold = thresholdSeconds === null ? {} : { thresholdSeconds };
    return { from, to, target, ...threshold, valid, bad, allowed };
  });
}

/** The budget of a whole whose parts were promised differently. */
export function budgetAcross(
  sum: Pick<WindowSum, 'valid' | 'bad'>,
  parts: readonly Pick<WindowSum, 'valid' | 'bad'>[],
  spans: readonly TermsSpan[],
): Budget {
  const [only] = spans;
  if (spans.length === 1 && only !== undefined) return budgetOf(sum, only.terms.target);
  const allowed = spans.reduce(
    (all, { terms }, index) => all + allowedRatio(terms.target) * (parts[index]?.valid ?? 0),
    0,
  );
  return budgetAllowing(counts(sum), allowed);
}

/** A stretch of which nothing is known. */
export const nothingSummed: WindowSum = {
  valid: 0,
  bad: 0,
  covered: 0,
  closed: 0,
  firstMeasured: null,
};

/** Whether a window kept what was promised in it; null without events. */
export function isKept(budget: BudgetAnswer): boolean | null {
  const left = leftFractionOf(budget);
  return left === null ? null : left >= 0;
}

/** The window of the promise that is in force when it ends. */
export function promisedWindow(history: PromiseHistory, endMinute: number): LedgerWindow {
  return ledgerWindow(termsIn(history, endMinute - 1).window, endMinute);
}

/** The fraction left by which a promise is judged: the adjusted one where there is one. */
export function leftFractionOf({ leftFraction, adjusted }: BudgetAnswer): number | null {
  return adjusted === undefined ? leftFraction : adjusted.leftFraction;
}

function answer(
  { name, fromMinute, toMinute }: LedgerWindow,
  clock: MinuteClock,
  figures: ReturnType<typeof figuresOf>,
): BudgetAnswer {
  return {
    window: name,
    from: clock.instant(fromMinute),
    to: clock.instant(toMinute),
    ...figures,
  };
}

function figuresOf(sum: WindowSum, budget: Budget) {
  const { good, bad, valid, compliance, allowed, left, leftFraction } = budget;
  return { good, bad, valid, compliance, allowed, left, leftFraction, coverage: coverageOf(sum) };
}

/** Budget of summed events. */
export function budgetOf(sum: Pick<WindowSum, 'valid' | 'bad'>, target: number): Budget {
  return budget(counts(sum), target);
}

/** Burn rate of summed events; null without any. */
export function burnRateOf(sum: Pick<WindowSum, 'valid' | 'bad'>, target: number): number | null {
  const { bad, valid } = counts(sum);
  return burnRate(bad, valid, target);
}

/** Fraction of the expected scrapes, since the first measured minute of the objective. */
export function coverageOf({ covered, closed }: Pick<WindowSum, 'covered' | 'closed'>): number {
  return closed === 0 ? 0 : covered / closed;
}

/**
 * Single minutes can show a good event before its valid twin, when one of two series has a gap;
 * sums telescope. What is left at the edge of a window must not show as a negative count.
 */
function counts({ valid, bad }: Pick<WindowSum, 'valid' | 'bad'>) {
  const bounded = Math.min(Math.max(0, bad), valid);
  return { good: valid - bounded, bad: bounded, valid };
}
