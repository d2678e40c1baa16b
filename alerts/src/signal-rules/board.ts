import { serviceLabel } from './condition.ts';
import type { CompiledSignal } from './compiled.ts';

/** A dashboard, and what is chosen on it. */
export interface Board {
  readonly slug: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Boards of those whose figures a service's own board does not have. */
const boards: Readonly<Record<string, string>> = {
  gateway: 'gateway',
  'batch-order': 'batch',
  mariadb: 'mysql',
  redis: 'redis',
  node: 'machine',
  blackbox: 'network',
  collector: 'collector',
  prometheus: 'alerting',
  alertmanager: 'alerting',
  'slo-service': 'slo-overview',
};

/** Signals that stand on another board than the rest of their owner's. */
const elsewhere: Readonly<Record<string, string>> = {
  market_orders_pending_oldest_age_seconds: 'business',
  process_start_time_seconds: 'node-runtime',
  telemetry_dropped_items_total: 'sprout',
  slo_meter_lag_seconds: 'sprout',
};

/** The dashboard that shows what an alert of a signal saw. */
export function boardOf(signal: CompiledSignal): Board {
  const service = { service: `{{ $labels.${serviceLabel(signal)} }}` };
  if (signal.kind === 'log') return { slug: 'logs', variables: service };
  const slug = elsewhere[signal.name] ?? boards[signal.owner];
  if (slug === undefined) return { slug: 'service-red', variables: service };
  return { slug, variables: slug === 'node-runtime' ? service : {} };
}
