import { datasourceOf, isInstant } from '@sprout/grafana/model';
import type { QuerySource } from '@sprout/grafana/model';
import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { dashboards } from './dashboards/all.ts';

/** A query of a panel, or of a mark in time. */
export interface DashboardQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly expr: string;
  readonly source: QuerySource;
  /** The variable of the data source that it goes through. */
  readonly datasource: string;
  /** It looks at now, not at the range. */
  readonly instant: boolean;
  /** Empty while all is well, or on a young stack; a panel of only such says so in its words. */
  readonly mayBeEmpty: boolean;
}

type Config = Pick<SproutConfig, 'signals' | 'objectives'>;

/** Every query of every panel, as it stands in the dashboards: with variables. */
export function dashboardQueries(config: Config): DashboardQuery[] {
  return expanded(config, {});
}

/**
 * Every query of every panel and mark with values for its variables that a running stack has
 * data for, so that it can be sent as it is.
 */
export function queriesFor(config: SproutConfig): DashboardQuery[] {
  const window = formatDuration(timing(config.timeScale).scaled(300));
  const windows = { __rate_interval: window, __interval: window, __range: window, __auto: window };
  return [...expanded(config, windows, true), ...marks(config)];
}

function marks(config: Config): DashboardQuery[] {
  return dashboards(config).flatMap(({ model, examples }) => {
    const [first] = model.rows;
    const values = first === undefined ? {} : examples(first);
    return model.annotations.map(({ name, expr, quiet = false }) => ({
      dashboard: model.slug,
      panel: `marks / ${name}`,
      expr: substitute(expr, values),
      source: 'metrics' as const,
      datasource: datasourceOf.metrics.variable,
      instant: false,
      mayBeEmpty: quiet,
    }));
  });
}

function expanded(
  config: Config,
  always: Readonly<Record<string, string>>,
  withExamples = false,
): DashboardQuery[] {
  return dashboards(config).flatMap(({ model, examples }) =>
    model.rows.flatMap((row) => {
      const values = withExamples ? { ...always, ...examples(row) } : always;
      return row.panels.flatMap(({ title, view, noValue, queries }) =>
        queries.map(({ expr, source = 'metrics', quiet = false }) => ({
          dashboard: model.slug,
          panel: `${row.title} / ${title}`,
          expr: substitute(expr, values),
          source,
          datasource: datasourceOf[source].variable,
          instant: isInstant(view),
          mayBeEmpty: quiet || noValue !== undefined,
        })),
      );
    }),
  );
}

function substitute(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$(\w+)/g, (variable, name: string) => values[name] ?? variable);
}
