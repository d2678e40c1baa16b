import { mariadbProcess, redisProcess } from '@sprout/data/servers';
import type { ProcessSpec } from '@sprout/process';
import { loadProcesses } from '../load/src/processes.ts';
import { serviceProcesses } from './service-processes.ts';

/** The market: its databases, its services, its traffic and the proxies that disturb it. */
export function marketProcesses(): ProcessSpec[] {
  return [...dataProcesses(), ...serviceProcesses(), ...loadProcesses()];
}

/** MariaDB and Redis, private to this installation. */
export function dataProcesses(): ProcessSpec[] {
  return [mariadbProcess(), redisProcess()];
}

export { serviceProcesses };
