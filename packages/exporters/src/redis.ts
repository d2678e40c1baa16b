import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateFiles } from '@sprout/data/servers';
import { addressOf, listener, secret, timing, waitForAddress } from '@sprout/process';
import type { ProcessContext, ProcessSpec, SproutConfig } from '@sprout/process';
import { exporter } from './exporter.ts';

type Service = SproutConfig['services'][number];

/** A server, and how it is spoken to. */
type Server = Pick<NonNullable<Service['probe']>, 'endpoint' | 'scheme'>;

/**
 * What Redis says about itself, read by its user `exporter`, who may read no key. One process
 * speaks for all `nodes` of a cluster, each asked for by its address.
 */
export function redisExporter(nodes: readonly Server[] = []): ProcessSpec {
  const isSingle = nodes.length === 0;
  return exporter({
    name: 'redis-exporter',
    tool: 'redis-exporter',
    after: (isSingle ? [{ endpoint: redis }] : nodes).flatMap(({ endpoint }) =>
      'process' in endpoint ? [endpoint.process] : [],
    ),
    prepare: async (context) => {
      const { config } = context;
      const servers = isSingle ? [singleServer(config)] : nodes;
      const urls = await Promise.all(
        servers.map(async (server) => urlOf(server, await waitForAddress(config, server.endpoint))),
      );
      const password = secret(config, 'redis-exporter');
      const passwords = Object.fromEntries(urls.map((url) => [url, password]));
      writeFileSync(passwordFile(context), JSON.stringify(passwords), { mode: 0o600 });
    },
    args: (context) => [
      // Without an address it answers only for those it is asked about.
      `--redis.addr=${isSingle ? singleUrl(context.config) : ''}`,
      `--redis.password-file=${passwordFile(context)}`,
      '--redis.user=exporter',
      ...(context.config.market.tls
        ? [`--tls-ca-cert-file=${certificateFiles(context.config).ca}`]
        : []),
      // Less than a scrape waits, so that a server that hangs is told as down.
      `--connection-timeout=${connectMs(context.config)}ms`,
      '--redis-only-metrics',
      '--include-system-metrics',
      '--log-format=json',
    ],
  });
}

/** The nodes that the exporter is asked about by their address. */
export const nodesAsked = (services: readonly Service[]): Server[] =>
  services.flatMap(({ endpoint, probe }) =>
    probe !== undefined && 'process' in endpoint && endpoint.process === 'redis-exporter'
      ? [probe]
      : [],
  );

const connectMs = ({ timeScale }: SproutConfig): number =>
  Math.min(2_000, Math.round(timing(timeScale).scrapeIntervalMs / 4));

const redis = listener('redis', 'redis');

const singleServer = ({ market }: SproutConfig): Server => ({
  endpoint: redis,
  scheme: market.tls ? 'rediss' : 'redis',
});

const singleUrl = (config: SproutConfig): string =>
  urlOf(singleServer(config), addressOf(config, redis) ?? '');

/** The exporter takes an address without a scheme for `redis://`, and looks its password up so. */
const urlOf = ({ scheme = 'redis' }: Server, address: string): string => `${scheme}://${address}`;

const passwordFile = ({ directory }: ProcessContext) => join(directory, 'passwords.json');
