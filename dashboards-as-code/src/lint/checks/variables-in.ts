import type { DashboardModel } from '@sprout/grafana';

/** The variables that a dashboard uses, those of Grafana itself and what a pattern captures (`$1`) left out. */
export function variablesIn({ rows, annotations, variables }: DashboardModel): Set<string> {
  const selectors = variables.map((one) => (one.kind === 'label-values' ? one.metric : ''));
  const text = JSON.stringify([rows, annotations, selectors]);
  const used = [...text.matchAll(/\$\{?([a-z_]\w*)/gi)].flatMap(([, name]) => name ?? []);
  return new Set(used.filter((name) => !name.startsWith('__')));
}
