import { windowSeconds } from '@sprout/objectives/window';
import { formatDuration } from '@sprout/query/duration';
import type { ConfigAnswer } from '@sprout/slo-service/api';

/** An objective as it is declared. */
export type DeclaredObjective = ConfigAnswer['objectives'][number];

type Selection = DeclaredObjective['sli']['valid'][number];

/** The terms of an SLI, `valid`, and `good` or `bad`, each as sums of PromQL increases. */
export function formulaTerms({ sli, window }: Pick<DeclaredObjective, 'sli' | 'window'>): readonly {
  readonly name: 'valid' | 'good' | 'bad';
  readonly text: string;
}[] {
  return (['good', 'bad', 'valid'] as const).flatMap((name) => {
    const selections = sli[name];
    return selections
      ? [{ name, text: sumOf(selections, formatDuration(windowSeconds(window))) }]
      : [];
  });
}

function sumOf(selections: readonly Selection[], window: string): string {
  return selections.map((one) => `sum(increase(${selectorOf(one)}[${window}]))`).join('\n+ ');
}

/** A selection of series in PromQL. */
export function selectorOf({ metric, matchers }: Selection): string {
  if (matchers.length === 0) return metric;
  const inner = matchers.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`);
  return `${metric}{${inner.join(',')}}`;
}
