import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secret } from '@sprout/process';
import type { ProcessContext, ProcessSpec } from '@sprout/process';
import { certificateFiles, ensureCertificates } from '../own-certificates.ts';
import { tlsOf } from '../tls.ts';
import { converse } from './converse.ts';

/** A Redis of our own: data below `<data>/redis`, loopback only, with passwords. */
export function redisProcess(): ProcessSpec {
  return redisServer('redis', single);
}

/** Nodes of the cluster: three masters and a replica of each; the keeper joins them. */
export const redisNodeNames = ['redis-1', 'redis-2', 'redis-3', 'redis-4', 'redis-5', 'redis-6'];

/** The nodes of a Redis Cluster of our own. */
export function redisNodeProcesses(): ProcessSpec[] {
  return redisNodeNames.map((name) => redisServer(name, node));
}

/** What a server has beyond what all have. */
interface Kind {
  readonly settings: (context: ProcessContext) => readonly string[];
  readonly listeners: readonly string[];
}

const single: Kind = { settings: () => [], listeners: [] };
const node: Kind = { settings: clusterSettings, listeners: ['bus'] };

/** A node that does not answer for so long is taken for dead, and its replica takes over. */
const nodeTimeoutMs = 2_000;

function clusterSettings(context: ProcessContext): string[] {
  return [
    'cluster-enabled yes',
    'cluster-config-file nodes.conf',
    `cluster-port ${context.port('bus')}`,
    `cluster-node-timeout ${nodeTimeoutMs}`,
    // Half a cluster still answers for its half.
    'cluster-require-full-coverage no',
    'cluster-allow-reads-when-down yes',
    `masterauth ${secret(context.config, 'redis')}`,
    ...(context.config.market.tls ? ['tls-cluster yes', 'tls-replication yes'] : []),
  ];
}

function redisServer(name: string, kind: Kind): ProcessSpec {
  return {
    name,
    tools: ['redis-server'],
    after: [],
    addresses: (context) => ({
      redis: `${context.config.host}:${context.port()}`,
      ...Object.fromEntries(
        kind.listeners.map((one) => [one, `${context.config.host}:${context.port(one)}`]),
      ),
    }),
    prepare: async (context) => {
      if (context.config.market.tls) await ensureCertificates(context.config);
      const lines = [...settings(context), ...kind.settings(context)];
      writeFileSync(configFile(context), `${lines.join('\n')}\n`, { mode: 0o600 });
    },
    command: (context) => ({ file: context.tool('redis-server'), args: [configFile(context)] }),
    health: async (addresses, { config }) => {
      const tls = tlsOf(config, { process: name, listener: 'redis' });
      const greeting = `AUTH ${secret(config, 'redis')}\r\nPING\r\n`;
      const answer = await converse(addresses['redis'] ?? '', greeting, twoLines, tls);
      return String(answer).includes('+PONG') ? undefined : `answers ${String(answer).trim()}`;
    },
  };
}

/** Memory that Redis may use before it throws out what has a time to live: never the queue. */
export const redisMemory = { max: '128mb', policy: 'volatile-lru', samples: 5 } as const;

const configFile = ({ directory }: ProcessContext) => join(directory, 'redis.conf');

const twoLines = (answer: Buffer) => String(answer).split('\r\n').length > 2;

/** What an exporter asks; none of it reads a key. */
const exporterMay =
  '+ping +info +config|get +slowlog|len +slowlog|get +latency|latest +latency|histogram +client|setname +cluster|info';

/** Everything with keys, nothing with the server. */
const marketMay = '+@all -@admin -@dangerous +info +cluster|slots +cluster|nodes +readonly';

/** One port, over TLS or plain. */
function portSettings({ config, port }: ProcessContext): string[] {
  if (!config.market.tls) return [`port ${port()}`];
  const { ca, certificate, key } = certificateFiles(config);
  return [
    'port 0',
    `tls-port ${port()}`,
    `tls-ca-cert-file "${ca}"`,
    `tls-cert-file "${certificate}"`,
    `tls-key-file "${key}"`,
    'tls-protocols "TLSv1.2 TLSv1.3"',
    // Clients prove who they are by their passwords.
    'tls-auth-clients no',
  ];
}

/** In a file, as a command line can be read by everybody on the machine. */
function settings(context: ProcessContext): string[] {
  return [
    `bind ${context.config.host}`,
    ...portSettings(context),
    `dir "${context.directory}"`,
    `requirepass ${secret(context.config, 'redis')}`,
    `user market on >${secret(context.config, 'redis-market')} ~* &* ${marketMay}`,
    `user exporter on >${secret(context.config, 'redis-exporter')} resetkeys -@all ${exporterMay}`,
    // Written before a command is answered, so a killed Redis keeps the queue; synced each second.
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    `maxmemory ${redisMemory.max}`,
    `maxmemory-policy ${redisMemory.policy}`,
    `maxmemory-samples ${redisMemory.samples}`,
  ];
}
