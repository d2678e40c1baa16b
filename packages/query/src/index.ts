export { AlertmanagerError, alertmanagerClient } from './alertmanager-client.ts';
export type {
  AlertGroup,
  AlertmanagerClient,
  NewSilence,
  Silence,
  SilenceMatcher,
} from './alertmanager-client.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { PrometheusError, prometheusClient } from './prometheus-client.ts';
export type {
  ExemplarSeries,
  MatrixSeries,
  PrometheusClient,
  QueryResult,
  VectorSample,
} from './prometheus-client.ts';
export { retryingClient } from './retrying-client.ts';
export * from './promql/index.ts';
