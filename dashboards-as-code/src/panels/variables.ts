import { prometheusVariable } from '@sprout/grafana';
import type { LinkModel, VariableModel } from '@sprout/grafana';

/** The data source that every query goes through. */
export const datasourceVariable: VariableModel = {
  kind: 'datasource',
  name: prometheusVariable,
  label: 'Metrics',
};

/** Slugs of the dashboards; alerts link to `service-red` and `slo-detail`. */
export const slugs = {
  service: 'service-red',
  overview: 'slo-overview',
  detail: 'slo-detail',
  market: 'market',
  platform: 'sprout',
} as const;

/** Links between the dashboards. */
export const links: readonly LinkModel[] = [
  { title: 'Objectives', url: `/d/${slugs.overview}` },
  { title: 'Market', url: `/d/${slugs.market}` },
  { title: 'Service', url: `/d/${slugs.service}` },
  { title: 'Sprout', url: `/d/${slugs.platform}` },
];
