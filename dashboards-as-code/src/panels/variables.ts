import { datasourceOf } from '@sprout/grafana/model';
import type { LinkModel, QuerySource, VariableModel } from '@sprout/grafana/model';

const labels = { metrics: 'Metrics', logs: 'Logs', traces: 'Traces' } as const;

/** The data source that every query of a kind goes through. */
export const datasource = (source: QuerySource): VariableModel => ({
  kind: 'datasource',
  name: datasourceOf[source].variable,
  label: labels[source],
  of: datasourceOf[source].type,
});

/** Values of a label that one or several of can be chosen. */
export const choice = (
  name: string,
  label: string,
  metric: string,
  of: string,
  multi = true,
): VariableModel => ({ kind: 'label-values', name, label, metric, of, multi });

/** Slugs of the dashboards that others link to; alerts link to `service-red` and `slo-detail`. */
export const slugs = {
  home: 'home',
  service: 'service-red',
  overview: 'slo-overview',
  detail: 'slo-detail',
  gateway: 'gateway',
  infrastructure: 'infrastructure',
  logs: 'logs',
  traces: 'traces',
  alerting: 'alerting',
  platform: 'sprout',
} as const;

/** Links at the top of every dashboard; they keep time and variables. */
export const links: readonly LinkModel[] = [
  { title: 'Home', url: `/d/${slugs.home}` },
  { title: 'Objectives', url: `/d/${slugs.overview}` },
  { title: 'Service', url: `/d/${slugs.service}` },
  { title: 'Infrastructure', url: `/d/${slugs.infrastructure}` },
  { title: 'Logs', url: `/d/${slugs.logs}` },
  { title: 'Traces', url: `/d/${slugs.traces}` },
];

/** From a line of a service to its own dashboard, at the same time. */
export const toService: LinkModel = {
  title: 'Service',
  url: `/d/${slugs.service}?var-service=\${__field.labels.service}&\${__url_time_range}`,
};

/** From a line of a service to its log lines, at the same time; `label` is what names it. */
export const toLogs = (
  label: 'service' | 'log_service' | 'span_service' = 'service',
): LinkModel => ({
  title: 'Logs',
  url: `/d/${slugs.logs}?var-service=\${__field.labels.${label}}&\${__url_time_range}`,
});

/** From a line of a service to its spans, at the same time. */
export const toTraces: LinkModel = {
  title: 'Traces',
  url: `/d/${slugs.traces}?var-service=\${__field.labels.service}&\${__url_time_range}`,
};
