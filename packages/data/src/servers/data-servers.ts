import { fileURLToPath } from 'node:url';
import { httpHealth } from '@sprout/process';
import type { ProcessSpec, SproutConfig } from '@sprout/process';
import { mariadbNames } from './mariadb-names.ts';
import { mariadbProcess } from './mariadb.ts';
import { redisNodeNames, redisNodeProcesses, redisProcess } from './redis.ts';

/**
 * The servers of the market's data, private to this installation: one of each, or, as a cluster,
 * two that replicate, six nodes, and the keeper that says who is what.
 */
export function dataServers({ market }: SproutConfig): ProcessSpec[] {
  if (market.data === 'single') return [mariadbProcess(), redisProcess()];
  return [
    ...mariadbNames.map((name) => mariadbProcess(name)),
    ...redisNodeProcesses(),
    keeperProcess(),
  ];
}

function keeperProcess(): ProcessSpec {
  return {
    name: 'data-keeper',
    tools: ['mariadb-dump', 'mariadb'],
    secrets: ['mysql-keeper', 'mysql-replication', 'redis'],
    after: [...mariadbNames, ...redisNodeNames],
    command: () => ({
      file: process.execPath,
      args: [fileURLToPath(new URL('../keeper/main.ts', import.meta.url))],
    }),
    health: httpHealth('/readyz'),
  };
}
