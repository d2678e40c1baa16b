import type { PanelModel } from './model.ts';

/** A step between the answers of queries and what a table shows. */
interface TableTransformation {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Joins the queries of a table on their labels and titles each column by the legend of its
 * query; nothing for other views.
 */
export function tableTransformations({ view, queries }: PanelModel): TableTransformation[] {
  if (view !== 'table') return [];
  const titles = queries.map(({ legend }, index) => [
    queries.length === 1 ? 'Value' : `Value #${String.fromCodePoint(65 + index)}`,
    legend,
  ]);
  return [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: { excludeByName: { Time: true }, renameByName: Object.fromEntries(titles) },
    },
  ];
}
