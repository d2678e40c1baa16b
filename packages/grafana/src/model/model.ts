/**
 * A dashboard as data: what is shown, not how Grafana writes it down. The writers of `v2/` and
 * `classic/` turn it into resources; a preview draws the same object.
 */
export interface DashboardModel {
  /** Name in URLs, stable: lower case, digits, dashes. */
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  /** Name of the folder it lies in. */
  readonly folder: string;
  readonly tags: readonly string[];
  readonly variables: readonly VariableModel[];
  readonly annotations: readonly AnnotationModel[];
  readonly rows: readonly RowModel[];
  /** Links at the top; they keep the time range and the variables. */
  readonly links: readonly LinkModel[];
}

/** A choice at the top of a dashboard; `$name` in queries and links stands for what is chosen. */
export type VariableModel =
  | {
      readonly kind: 'datasource';
      readonly name: string;
      readonly label: string;
      readonly of: 'prometheus' | 'loki' | 'tempo';
    }
  | {
      /** The values that a label of a metric has. */
      readonly kind: 'label-values';
      readonly name: string;
      readonly label: string;
      /** A metric, or a selector with matchers. */
      readonly metric: string;
      readonly of: string;
      /** Several values or all can be chosen; queries then match by `=~"$name"`. */
      readonly multi?: boolean;
    };

/** Marks in time on every panel with a time axis. */
export interface AnnotationModel {
  readonly name: string;
  readonly expr: string;
  /**
   * When it happened: `when-present` while a series has a value, `value` at the Unix time in
   * milliseconds that the series holds, wherever between two points that lies.
   */
  readonly at: 'when-present' | 'value';
  /** Text of a mark; labels of the series as `{{label}}`. */
  readonly text: string;
  readonly color: 'blue' | 'red' | 'orange' | 'purple';
  /** Nothing may have happened while all is well. */
  readonly quiet?: boolean;
}

export interface RowModel {
  readonly title: string;
  readonly panels: readonly PanelModel[];
  /** Hidden while none of its panels has data; classic dashboards show it nevertheless. */
  readonly onlyWithData?: boolean;
  /** Signals without which there is no such row, where not every stack has them. */
  readonly needs?: readonly string[];
}

/**
 * How a panel draws the answers of its queries.
 *
 * | view | answers | drawn as |
 * |---|---|---|
 * | `timeseries` | range, a line per series | lines over time; `stacked` areas |
 * | `stat` | range, a line per series | the last value, large, over a small line |
 * | `gauge` | instant, a value per series | an arc from `min` to `max` with `thresholds` |
 * | `bar` | instant, a value per series | a bar each, longest first as the query sorts them |
 * | `table` | instant; queries are joined on their labels | a row per label set, a column per query |
 * | `heatmap` | range, series by `le` with counts per bucket | time × bucket, colour is the count |
 * | `logs` | log lines of a LogQL query | newest first, label `service` and `level` in front |
 * | `traces` | traces of a TraceQL query | a row per trace that leads to it |
 * | `nodegraph` | instant; query A: nodes with labels `id`, `title`; query B: edges with `id`, `source`, `target` | circles and arrows; the value is written at them |
 * | `statetimeline` | range, a line per series | a band per series, coloured by `states` |
 */
export type View =
  | 'timeseries'
  | 'stat'
  | 'gauge'
  | 'bar'
  | 'table'
  | 'heatmap'
  | 'logs'
  | 'traces'
  | 'nodegraph'
  | 'statetimeline';

export interface PanelModel {
  readonly title: string;
  readonly description: string;
  readonly view: View;
  readonly unit: Unit;
  readonly queries: readonly QueryModel[];
  /** Of 24 columns. */
  readonly width: number;
  /** In grid rows of 30 pixels. */
  readonly height: number;
  /** Bounds of the axis or the arc, in the panel's unit. */
  readonly min?: number;
  readonly max?: number;
  /** Lines of a `timeseries` lie on top of each other. */
  readonly stacked?: boolean;
  /** Colours from a value on, lowest first; the first step has no `from`. */
  readonly thresholds?: readonly ThresholdModel[];
  /** What the values of a `statetimeline` or a `stat` are called. */
  readonly states?: readonly StateModel[];
  readonly links?: readonly LinkModel[];
  /** What to say while there is no data, where that is a good sign; else `no data`. */
  readonly noValue?: string;
}

/** Which engine answers: PromQL, LogQL or TraceQL. */
export type QuerySource = 'metrics' | 'logs' | 'traces';

export interface QueryModel {
  readonly expr: string;
  /** Grafana's legend format, for example `{{outcome}}`; column title in a table. */
  readonly legend: string;
  /** `metrics` when it does not say. */
  readonly source?: QuerySource;
  /** Shows the traces of single observations. */
  readonly exemplars?: boolean;
  /** It may have no series while all is well, or on a young stack; the others of its panel have. */
  readonly quiet?: boolean;
  /** Of a column in a table, where it is not the panel's. */
  readonly unit?: Unit;
}

export type Color = 'green' | 'orange' | 'red' | 'blue' | 'gray';

export interface ThresholdModel {
  readonly from?: number;
  readonly color: Color;
}

export interface StateModel {
  readonly value: number;
  readonly text: string;
  readonly color: Color;
}

export interface LinkModel {
  readonly title: string;
  /** For example `/d/slo-detail?var-objective=${__field.labels.objective}`. */
  readonly url: string;
}

/** Grafana's unit ids that we use. */
export type Unit =
  | 's'
  | 'ms'
  | 'µs'
  | 'bytes'
  | 'Bps'
  | 'percentunit'
  | 'short'
  | 'reqps'
  | 'cps'
  | 'none';

/** The data source variable that a query goes through, by who answers it. */
export const datasourceOf: Readonly<
  Record<QuerySource, { variable: string; type: 'prometheus' | 'loki' | 'tempo' }>
> = {
  metrics: { variable: 'prometheus', type: 'prometheus' },
  logs: { variable: 'loki', type: 'loki' },
  traces: { variable: 'tempo', type: 'tempo' },
};

/** Views that look at now, not at the range. */
export const isInstant = (view: View): boolean =>
  view === 'table' || view === 'bar' || view === 'gauge' || view === 'nodegraph';

/** A dashboard without the rows whose signals nobody emits; undefined when no row is left. */
export function withEmitted<Model extends DashboardModel>(
  model: Model,
  signals: readonly { readonly name: string }[],
): Model | undefined {
  const emitted = new Set(signals.map(({ name }) => name));
  const rows = model.rows.filter(({ needs = [] }) => needs.every((name) => emitted.has(name)));
  return rows.length === 0 ? undefined : { ...model, rows };
}
