import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secret } from '@sprout/process';
import type { ProcessContext, ProcessSpec } from '@sprout/process';
import { converse } from './converse.ts';

/** A Redis of our own: data below `<data>/redis`, loopback only, with a password. */
export function redisProcess(): ProcessSpec {
  return {
    name: 'redis',
    tools: ['redis-server'],
    after: [],
    addresses: (context) => ({ redis: `${context.config.host}:${context.port()}` }),
    prepare: async (context) => {
      writeFileSync(configFile(context), settings(context), { mode: 0o600 });
    },
    command: (context) => ({ file: context.tool('redis-server'), args: [configFile(context)] }),
    health: async (addresses, { config }) => {
      const greeting = `AUTH ${secret(config, 'redis')}\r\nPING\r\n`;
      const answer = await converse(addresses['redis'] ?? '', greeting, twoLines);
      return String(answer).includes('+PONG') ? undefined : `answers ${String(answer).trim()}`;
    },
  };
}

/** Memory that Redis may use before it throws out what has a time to live. */
export const redisMemoryMax = '128mb';

const configFile = ({ directory }: ProcessContext) => join(directory, 'redis.conf');

const twoLines = (answer: Buffer) => String(answer).split('\r\n').length > 2;

/** What an exporter asks; none of it reads a key. */
const exporterMay =
  '+ping +info +config|get +slowlog|len +slowlog|get +latency|latest +latency|histogram +client|setname +cluster|info';

/** In a file, as a command line can be read by everybody on the machine. */
function settings(context: ProcessContext): string {
  const lines = [
    `bind ${context.config.host}`,
    `port ${context.port()}`,
    `dir "${context.directory}"`,
    `requirepass ${secret(context.config, 'redis')}`,
    `user exporter on >${secret(context.config, 'redis-exporter')} resetkeys -@all ${exporterMay}`,
    // Written before a command is answered, so a killed Redis keeps the queue; synced each second.
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    `maxmemory ${redisMemoryMax}`,
    // Only what has a time to live may be thrown out: pages of caches, never the queue.
    'maxmemory-policy volatile-lru',
  ];
  return `${lines.join('\n')}\n`;
}
