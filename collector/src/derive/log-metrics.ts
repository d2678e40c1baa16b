import type { CompiledSignal } from '@sprout/signals';
import { Counter } from 'prom-client';
import { RE2JS } from 're2js';
import type { CollectorMetrics } from '../metrics/collector-metrics.ts';

type CompiledLogSignal = Extract<CompiledSignal, { kind: 'log' }>;

/** Services that one log signal of `any` service counts apart; the rest count as `overflow`. */
const servicesMax = 100;

/** Counts a line for every log signal whose service and pattern fit. */
export type ObserveLine = (service: string, line: string) => void;

/** Counters of the configured log signals; the line's service is the label `log_service`. */
export function createLogMetrics(
  metrics: CollectorMetrics,
  signals: readonly CompiledSignal[],
): ObserveLine {
  const counters = signals
    .filter((signal): signal is CompiledLogSignal => signal.kind === 'log')
    .map((signal) => logCounter(metrics, signal));
  return (service, line) => {
    for (const count of counters) count(service, line);
  };
}

function logCounter(metrics: CollectorMetrics, signal: CompiledLogSignal): ObserveLine {
  const counter = new Counter({
    name: signal.name,
    help: signal.help,
    labelNames: ['log_service'],
    registers: [metrics.registry],
  });
  const pattern = RE2JS.compile(signal.pattern);
  const services = new Set<string>();
  if (signal.service !== 'any') counter.inc({ log_service: signal.service }, 0);
  return (service, line) => {
    if (signal.service !== 'any' && signal.service !== service) return;
    // From its first line on a service stands at 0, so that its first match is an increase.
    if (!services.has(service) && services.size < servicesMax) {
      services.add(service);
      counter.inc({ log_service: service }, 0);
    }
    if (!pattern.test(line)) return;
    counter.inc({ log_service: services.has(service) ? service : 'overflow' });
  };
}
