import { dataServers } from '@sprout/data/servers';
import type { ProcessSpec, SproutConfig } from '@sprout/process';
import { loadProcesses } from '../load/src/processes.ts';
import { serviceProcesses } from './service-processes.ts';

/** The market: its databases, its services, its traffic and the proxies that disturb it. */
export function marketProcesses(config: SproutConfig): ProcessSpec[] {
  return [...dataServers(config), ...serviceProcesses(config), ...loadProcesses()];
}

export { serviceProcesses };
