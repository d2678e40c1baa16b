import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, listener, secret, timing, waitForAddress } from '@sprout/process';
import type { Endpoint, ProcessContext, ProcessSpec, SproutConfig } from '@sprout/process';
import { exporter } from './exporter.ts';

type Service = SproutConfig['services'][number];

/**
 * What Redis says about itself, read by its user `exporter`, who may read no key. One process
 * speaks for all `nodes` of a cluster, each asked for by its address.
 */
export function redisExporter(nodes: readonly Endpoint[] = []): ProcessSpec {
  const servers = nodes.length === 0 ? [redis] : nodes;
  return exporter({
    name: 'redis-exporter',
    tool: 'redis-exporter',
    after: servers.flatMap((server) => ('process' in server ? [server.process] : [])),
    prepare: async (context) => {
      const { config } = context;
      const urls = await Promise.all(
        servers.map(async (server) => `redis://${await waitForAddress(config, server)}`),
      );
      const password = secret(config, 'redis-exporter');
      const passwords = Object.fromEntries(urls.map((url) => [url, password]));
      writeFileSync(passwordFile(context), JSON.stringify(passwords), { mode: 0o600 });
    },
    args: (context) => [
      // Without an address it answers only for those it is asked about.
      `--redis.addr=${nodes.length === 0 ? `redis://${addressOf(context.config, redis)}` : ''}`,
      `--redis.password-file=${passwordFile(context)}`,
      '--redis.user=exporter',
      // Less than a scrape waits, so that a server that hangs is told as down.
      `--connection-timeout=${connectMs(context.config)}ms`,
      '--redis-only-metrics',
      '--include-system-metrics',
      '--log-format=json',
    ],
  });
}

/** The nodes that the exporter is asked about by their address. */
export const nodesAsked = (services: readonly Service[]): Endpoint[] =>
  services.flatMap(({ endpoint, probe }) =>
    probe !== undefined && 'process' in endpoint && endpoint.process === 'redis-exporter'
      ? [probe.endpoint]
      : [],
  );

const connectMs = ({ timeScale }: SproutConfig): number =>
  Math.min(2_000, Math.round(timing(timeScale).scrapeIntervalMs / 4));

const redis = listener('redis', 'redis');

const passwordFile = ({ directory }: ProcessContext) => join(directory, 'passwords.json');
