import { prometheusVariable } from '@sprout/grafana';
import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { dashboards } from './dashboards/all.ts';

/** A query of a panel. */
export interface DashboardQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly expr: string;
  readonly datasource: string;
}

type Config = Pick<SproutConfig, 'signals' | 'objectives'>;

/** Every query of every panel, as it stands in the dashboards: with variables. */
export function dashboardQueries(config: Config): DashboardQuery[] {
  return expanded(config, {});
}

/**
 * Every query of every panel with values for its variables that a running stack has data for,
 * so that it can be sent to Prometheus as it is.
 */
export function queriesFor(config: SproutConfig): DashboardQuery[] {
  const window = timing(config.timeScale).scaled(300);
  return expanded(config, { __rate_interval: formatDuration(window) }, true);
}

function expanded(
  config: Config,
  always: Readonly<Record<string, string>>,
  withExamples = false,
): DashboardQuery[] {
  return dashboards(config).flatMap(({ model, examples }) =>
    model.rows.flatMap((row) => {
      const values = withExamples ? { ...always, ...examples(row) } : always;
      return row.panels.flatMap(({ title, queries }) =>
        queries.map(({ expr }) => ({
          dashboard: model.slug,
          panel: `${row.title} / ${title}`,
          expr: substitute(expr, values),
          datasource: prometheusVariable,
        })),
      );
    }),
  );
}

function substitute(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$(\w+)/g, (variable, name: string) => values[name] ?? variable);
}
