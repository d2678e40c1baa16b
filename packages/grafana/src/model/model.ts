/**
 * A dashboard as data: what is shown, not how Grafana writes it down. The writers of `v2/` and
 * `classic/` turn it into resources.
 */
export interface DashboardModel {
  /** Name in URLs, stable: lower case, digits, dashes. */
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly variables: readonly VariableModel[];
  readonly rows: readonly RowModel[];
  /** Links at the top; they keep the time range and the variables. */
  readonly links: readonly LinkModel[];
}

/** A choice at the top of a dashboard. */
export type VariableModel =
  | { readonly kind: 'datasource'; readonly name: string; readonly label: string }
  | {
      /** The values that a label of a metric has. */
      readonly kind: 'label-values';
      readonly name: string;
      readonly label: string;
      readonly metric: string;
      readonly of: string;
    };

export interface RowModel {
  readonly title: string;
  readonly panels: readonly PanelModel[];
  /** Hidden while none of its panels has data; classic dashboards show it nevertheless. */
  readonly onlyWithData?: boolean;
}

export interface PanelModel {
  readonly title: string;
  readonly description: string;
  readonly view: 'timeseries' | 'stat' | 'table';
  readonly unit: Unit;
  readonly queries: readonly QueryModel[];
  /** Of 24 columns. */
  readonly width: number;
  /** In grid rows of 30 pixels. */
  readonly height: number;
  /** Colours from a value on, lowest first; the first step has no `from`. */
  readonly thresholds?: readonly ThresholdModel[];
  readonly links?: readonly LinkModel[];
}

export interface QueryModel {
  readonly expr: string;
  /** Grafana's legend format, for example `{{outcome}}`; column title in a table. */
  readonly legend: string;
  /** Shows the traces of single observations. */
  readonly exemplars?: boolean;
}

export interface ThresholdModel {
  readonly from?: number;
  readonly color: 'green' | 'orange' | 'red';
}

export interface LinkModel {
  readonly title: string;
  /** For example `/d/slo-detail?var-objective=${__field.labels.objective}`. */
  readonly url: string;
}

/** Grafana's unit ids that we use. */
export type Unit = 's' | 'bytes' | 'percentunit' | 'short' | 'reqps' | 'cps' | 'none';

/** The data source variable that every query of ours goes through. */
export const prometheusVariable = 'prometheus';
