import { alertsProcesses } from '@sprout/alerts/processes';
import { collectorProcesses } from '@sprout/collector/processes';
import { exporterProcesses } from '@sprout/exporters';
import { marketProcesses } from '@sprout/market-services/processes';
import type { ProcessSpec, SproutConfig } from '@sprout/process';
import { sloProcesses } from '@sprout/slo-service/processes';

/** Every process of a stack; what the configuration names by URL is somebody else's and left out. */
export function stackProcesses(config: SproutConfig): ProcessSpec[] {
  const { market, telemetry } = config;
  const elsewhere = new Set<string>();
  if ('url' in telemetry.prometheus) elsewhere.add('prometheus');
  if ('url' in telemetry.alertmanager) elsewhere.add('alertmanager');
  if ('url' in telemetry.otlp) elsewhere.add('collector');
  return [
    ...(market.enabled ? marketProcesses(config) : []),
    ...exporterProcesses(config),
    ...collectorProcesses(),
    ...alertsProcesses(),
    ...sloProcesses(),
  ].filter(({ name }) => !elsewhere.has(name));
}
