import type { BudgetAnswer, ObjectiveStatus } from '../api/schemas.ts';

type Verdict = ObjectiveStatus['verdict'];

/**
 * The verdict as far as it may be believed: `kept` out of stale or missing measurements is
 * `unknown`, bad news stay bad news.
 */
export function trustedVerdict({
  verdict,
  state,
}: Pick<ObjectiveStatus, 'verdict' | 'state'>): Verdict {
  return verdict === 'kept' && !isTrusted(state) ? 'unknown' : verdict;
}

/** True when figures speak for the present: they are measured, or there is nothing to measure. */
export const isTrusted = (state: ObjectiveStatus['state']): boolean =>
  state === 'ok' || state === 'no_traffic';

/** Figures that a raw and an adjusted budget have in common. */
export type BudgetFigures = Pick<
  BudgetAnswer,
  'good' | 'bad' | 'valid' | 'compliance' | 'allowed' | 'left' | 'leftFraction' | 'coverage'
>;

/** The budget that judges a promise: without excluded time where there is some. */
export function judgedBudget(
  budget: BudgetFigures & { readonly adjusted?: BudgetFigures | undefined },
): BudgetFigures {
  return budget.adjusted ?? budget;
}

type Judged = Pick<ObjectiveStatus, 'id' | 'verdict' | 'state' | 'budget'>;

/** Worst first: by verdict, then by budget left; those that nobody can judge before the kept. */
export function byWorst(a: Judged, b: Judged): number {
  return (
    rank[trustedVerdict(a)] - rank[trustedVerdict(b)] ||
    (judgedBudget(a.budget).leftFraction ?? 2) - (judgedBudget(b.budget).leftFraction ?? 2) ||
    (a.id < b.id ? -1 : 1)
  );
}

const rank = { broken: 0, at_risk: 1, unknown: 2, kept: 3 } as const;
