import { labelsKept, serviceLabel } from './condition.ts';
import type { CompiledHint, CompiledSignal } from './compiled.ts';

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
  'kube-state-metrics': 'kubernetes-workloads',
  cadvisor: 'kubernetes-workloads',
};

/** Signals that stand on another board than the rest of their owner's. */
const elsewhere: Readonly<Record<string, string>> = {
  market_orders_pending_oldest_age_seconds: 'business',
  messaging_consumer_lag_messages: 'queue',
  messaging_consumer_oldest_age_seconds: 'queue',
  messaging_consumers: 'queue',
  messaging_dead_letters: 'queue',
  process_start_time_seconds: 'node-runtime',
  telemetry_dropped_items_total: 'sprout',
  slo_meter_lag_seconds: 'sprout',
  kube_node_status_condition: 'kubernetes-nodes',
  slo_budget_left_ratio: 'slo-detail',
};

/** What can be chosen on a board; an alert chooses by its label of that name. */
const choices: Readonly<Record<string, readonly string[]>> = {
  gateway: ['route'],
  mysql: ['instance'],
  redis: ['instance'],
  machine: ['instance'],
  'node-runtime': ['service'],
  'service-red': ['service'],
  'slo-detail': ['objective'],
};

/** The dashboard that shows what an alert of a signal saw, with what the alert is about chosen. */
export function boardOf(signal: CompiledSignal, hint: CompiledHint): Board {
  if (signal.kind === 'log') {
    return { slug: 'logs', variables: { service: labelText(serviceLabel(signal)) } };
  }
  const slug = elsewhere[signal.name] ?? boards[signal.owner] ?? 'service-red';
  const kept = labelsKept(signal, hint) ?? [...Object.keys(signal.labels), ...targetLabels];
  const chosen = (choices[slug] ?? []).filter((name) => kept.includes(name));
  return { slug, variables: Object.fromEntries(chosen.map((name) => [name, labelText(name)])) };
}

/** Labels that scraping adds. */
const targetLabels = ['service', 'instance', 'job'];

const labelText = (label: string): string => `{{ $labels.${label} }}`;
