import type { PanelModel } from './model.ts';

/** A step between the answers of queries and what a panel shows. */
interface Transformation {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** The one query it is for; all without. */
  readonly refId?: string;
}

/** A, B, C … */
export const refIdOf = (index: number): string => String.fromCodePoint(65 + index);

/**
 * Joins the queries of a table on their labels and titles each column by the legend of its
 * query; tells the values of nodes and edges; nothing for other views.
 */
export function transformations({ view, queries }: PanelModel): Transformation[] {
  if (view === 'nodegraph') {
    const renameByName = Object.fromEntries(
      queries.map((_, index) => [`Value #${refIdOf(index)}`, 'mainstat']),
    );
    return [{ id: 'organize', options: { excludeByName: { Time: true }, renameByName } }];
  }
  if (view !== 'table') return [];
  const titles = queries.map(({ legend }, index) => [valueColumn(queries.length, index), legend]);
  return [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: { excludeByName: { Time: true }, renameByName: Object.fromEntries(titles) },
    },
  ];
}

/** Columns with a unit of their own, by their title. */
export const columnUnits = ({ view, queries }: PanelModel): [title: string, unit: string][] =>
  view === 'table'
    ? queries.flatMap(({ legend, unit }) => (unit === undefined ? [] : [[legend, unit]]))
    : [];

const valueColumn = (queries: number, index: number): string =>
  queries === 1 ? 'Value' : `Value #${refIdOf(index)}`;
