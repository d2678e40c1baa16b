import type { BudgetAnswer, Series } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import { minuteText } from '../state/clock.ts';

/**
 * Why the line of a rolling window rises: what came in during the stretch, and what left the
 * window meanwhile. Bad at the end = bad at the begin + came in − left.
 */
export function LeftWindow({ series }: { readonly series: Series }) {
  const t = texts();
  const at = (instant: string) => urls.budgetAt(series.id, Date.parse(instant));
  const begin = useResource<BudgetAnswer>(at(series.from), 0);
  const end = useResource<BudgetAnswer>(at(series.to), 0);
  if (!begin.data || !end.data) return null;
  const came = series.points.reduce((sum, { bad }) => sum + bad, 0);
  const left = leftWindow(begin.data, end.data, came);
  const count = (value: number) => formatCount(Math.round(value), locale());
  return <p class="quiet">{t.leftWindow(minuteText(series.from), count(came), count(left))}</p>;
}

/** Bad events that left a window between two ends of it. */
export function leftWindow(
  begin: Pick<BudgetAnswer, 'bad'>,
  end: Pick<BudgetAnswer, 'bad'>,
  came: number,
): number {
  return Math.max(0, begin.bad + came - end.bad);
}
