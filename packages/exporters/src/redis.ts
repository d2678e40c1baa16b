import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, listener, secret, waitForAddress } from '@sprout/process';
import type { ProcessContext, ProcessSpec } from '@sprout/process';
import { exporter } from './exporter.ts';

/** What Redis says about itself, read by its user `exporter`, who may read no key. */
export function redisExporter(): ProcessSpec {
  return exporter({
    name: 'redis-exporter',
    tool: 'redis-exporter',
    after: ['redis'],
    prepare: async (context) => {
      const url = `redis://${await waitForAddress(context.config, redis)}`;
      const passwords = { [url]: secret(context.config, 'redis-exporter') };
      writeFileSync(passwordFile(context), JSON.stringify(passwords), { mode: 0o600 });
    },
    args: (context) => [
      `--redis.addr=redis://${addressOf(context.config, redis)}`,
      `--redis.password-file=${passwordFile(context)}`,
      '--redis.user=exporter',
      '--redis-only-metrics',
      '--include-system-metrics',
      '--log-format=json',
    ],
  });
}

const redis = listener('redis', 'redis');

const passwordFile = ({ directory }: ProcessContext) => join(directory, 'passwords.json');
