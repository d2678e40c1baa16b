import type { MeterPlan, PlannedObjective } from './plan.ts';

/** How many series a selection has; `bounded` is false where that is a lower limit. */
export interface SeriesCount {
  readonly series: number;
  readonly bounded: boolean;
}

/** How many series an objective counts, those of parts of its selections once. */
export function seriesOf(
  plan: MeterPlan,
  { valid, part, former }: PlannedObjective,
  countOf: (selector: string) => SeriesCount,
): SeriesCount {
  const parts = [...part, ...former.flatMap((one) => one.part)];
  const selectors = [...new Set([...valid, ...parts])];
  const counts = selectors
    .filter((selector) => !selectors.some((other) => isPartOf(plan, selector, other)))
    .map(countOf);
  return {
    series: counts.reduce((sum, one) => sum + one.series, 0),
    bounded: counts.every(({ bounded }) => bounded),
  };
}

/** True when one selection has all matchers of another one and more. */
function isPartOf({ selections }: MeterPlan, selector: string, other: string): boolean {
  const [one, wider] = [selections.get(selector), selections.get(other)];
  if (one === undefined || wider === undefined || one.metric !== wider.metric) return false;
  const has = new Set(one.matchers.map((matcher) => JSON.stringify(matcher)));
  const isWithin = wider.matchers.every((matcher) => has.has(JSON.stringify(matcher)));
  return isWithin && wider.matchers.length < one.matchers.length;
}
