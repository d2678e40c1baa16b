import type { ProcessSpec } from '@sprout/process';
import { alertmanagerProcess } from './process/alertmanager.ts';
import { prometheusProcess } from './process/prometheus.ts';

/** Prometheus and Alertmanager with the rules and routes of the configuration. */
export const alertsProcesses = (): ProcessSpec[] => [prometheusProcess(), alertmanagerProcess()];
