import { formatBurnRate, formatRatio } from '@sprout/objectives/figure';
import type { ObjectiveStatus, Page } from '@sprout/slo-service/api';
import { spellSpan } from '../format/time-span.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import { windowSeconds } from '../place/range.ts';

type Touched = Page['objectives'][number];

/** Why an alert fires, in a sentence per objective: burn against threshold. */
export function whySentence(
  touched: Touched,
  title: string,
  t: Dictionary,
  locale: string,
): string {
  const { window, burnRate, threshold } = touched;
  if (window === null || burnRate === null || threshold === null) return t.whyUnknown(title);
  const span = spellSpan(windowSeconds(window), locale);
  return t.whyBurn(title, span, formatBurnRate(burnRate), formatBurnRate(threshold));
}

/** What an alert cost, in a sentence per objective. */
export function costSentence(
  spent: Page['budgetSpent'][number],
  title: string,
  t: Dictionary,
): string {
  return spent.fraction === null ? t.costUnknown : t.costSpent(formatRatio(spent.fraction), title);
}

/** What to do first: follow a failing dependency, else a failed request, else the runbook, else logs. */
export type FirstStep =
  | { readonly kind: 'dependency'; readonly failing: readonly ObjectiveStatus[] }
  | { readonly kind: 'trace'; readonly traceId: string }
  | { readonly kind: 'runbook'; readonly url: string }
  | { readonly kind: 'logs' };

/** Chooses the first step for an alert from how the promises stand now. */
export function firstStep(page: Page, all: readonly ObjectiveStatus[]): FirstStep {
  const failing = failingDependencies(page, all);
  if (failing.length > 0) return { kind: 'dependency', failing };
  if (page.exampleTrace) return { kind: 'trace', traceId: page.exampleTrace.traceId };
  if (page.runbookUrl !== null) return { kind: 'runbook', url: page.runbookUrl };
  return { kind: 'logs' };
}

function failingDependencies(page: Page, all: readonly ObjectiveStatus[]) {
  const touched = all.filter(({ id }) => page.objectives.some((one) => one.id === id));
  const wanted = new Set(touched.flatMap(({ dependsOn }) => dependsOn));
  return all.filter(
    ({ id, verdict }) => wanted.has(id) && (verdict === 'broken' || verdict === 'at_risk'),
  );
}
