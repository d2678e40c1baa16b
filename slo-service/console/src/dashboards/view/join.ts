import type { PanelModel } from '@sprout/grafana/model';
import type { Labels } from '../fill.ts';
import { lastOf } from '../frame.ts';
import type { Frame } from '../frame.ts';

/** A label set with the value that each query has for it. */
export interface JoinedRow {
  readonly key: string;
  readonly labels: Labels;
  readonly values: readonly (number | null)[];
}

/** Joins the answers of a panel's queries on their labels, in the order of the first that has them. */
export function joined({ queries }: PanelModel, frame: Frame): readonly JoinedRow[] {
  const rows = new Map<string, { labels: Labels; values: (number | null)[] }>();
  for (const series of frame.series) {
    const { __name__: _, ...labels } = series.labels;
    const key = JSON.stringify(Object.entries(labels).toSorted());
    const row = rows.get(key) ?? { labels, values: queries.map(() => null) };
    row.values[series.query] = lastOf(series);
    rows.set(key, row);
  }
  return [...rows].map(([key, row]) => ({ key, ...row }));
}

/** The labels that any row has, in the order of their first appearance. */
export const labelsOf = (rows: readonly JoinedRow[]): readonly string[] => [
  ...new Set(rows.flatMap(({ labels }) => Object.keys(labels))),
];
