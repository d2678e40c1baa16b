import type { PanelModel, QueryModel, ThresholdModel, Unit, View } from '@sprout/grafana';
import type { Expression } from '@sprout/query';

type Rest = Partial<Omit<PanelModel, 'title' | 'description' | 'unit' | 'queries' | 'view'>>;

/** A query for Prometheus with its legend. */
export const query = (
  { text }: Expression,
  legend: string,
  more: Partial<QueryModel> = {},
): QueryModel => ({ expr: text, legend, ...more });

/** Makes panels of one view, with a size that suits it. */
const panelOf =
  (view: View, width: number, height: number) =>
  (
    title: string,
    description: string,
    unit: Unit,
    queries: readonly QueryModel[],
    rest: Rest = {},
  ): PanelModel => ({ title, description, view, unit, queries, width, height, ...rest });

export const lines = panelOf('timeseries', 8, 8);
export const figure = panelOf('stat', 4, 4);
export const gauge = panelOf('gauge', 4, 6);
export const bars = panelOf('bar', 8, 8);
export const table = panelOf('table', 12, 9);
export const heatmap = panelOf('heatmap', 12, 8);
export const timeline = panelOf('statetimeline', 12, 8);
export const graph = panelOf('nodegraph', 24, 14);

/** Log lines of a LogQL query, or with `lines` its counts over time. */
export const logs = (title: string, description: string, expr: string, rest: Rest = {}) =>
  panelOf('logs', 24, 12)(title, description, 'none', [{ expr, legend: '', source: 'logs' }], rest);

/** Lines counted from log lines. */
export const logLines = (
  title: string,
  description: string,
  expr: string,
  legend: string,
  rest: Rest = {},
) =>
  lines(title, description, 'cps', [{ expr, legend, source: 'logs' }], { stacked: true, ...rest });

/** Traces that a TraceQL query finds. */
export const traces = (title: string, description: string, expr: string, rest: Rest = {}) =>
  panelOf('traces', 12, 10)(
    title,
    description,
    'none',
    [{ expr, legend: '', source: 'traces' }],
    rest,
  );

/** Green below the first bound, red from the second on. */
export const lowIsGood = (orange: number, red: number): ThresholdModel[] => [
  { color: 'green' },
  { from: orange, color: 'orange' },
  { from: red, color: 'red' },
];

/** Red below the first bound, green from the second on. */
export const highIsGood = (orange: number, green: number): ThresholdModel[] => [
  { color: 'red' },
  { from: orange, color: 'orange' },
  { from: green, color: 'green' },
];
