import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateFiles } from '@sprout/data/servers';
import { listener, secret, waitForAddress } from '@sprout/process';
import type { ProcessContext, ProcessSpec } from '@sprout/process';
import { exporter } from './exporter.ts';

/**
 * What a MariaDB says about itself, read by its user `exporter`, who may see no table. Debian's
 * exporter speaks for one server, so each has its own.
 */
export function mysqldExporter(
  name: 'mysqld-exporter' | 'mysqld-exporter-2' = 'mysqld-exporter',
): ProcessSpec {
  const server = name === 'mysqld-exporter' ? 'mariadb' : 'mariadb-2';
  return exporter({
    name,
    tool: 'mysqld-exporter',
    after: [server],
    prepare: async (context) => {
      const address = await waitForAddress(context.config, listener(server, 'mysql'));
      writeFileSync(credentialsFile(context), credentials(context, address), { mode: 0o600 });
    },
    args: (context) => [
      `--config.my-cnf=${credentialsFile(context)}`,
      '--collect.info_schema.innodb_metrics',
      '--no-collect.info_schema.innodb_cmp',
      '--no-collect.info_schema.innodb_cmpmem',
      '--no-collect.info_schema.query_response_time',
      '--log.format=json',
      '--log.level=warn',
    ],
  });
}

const credentialsFile = ({ directory }: ProcessContext) => join(directory, 'my.cnf');

function credentials({ config }: ProcessContext, address: string): string {
  const [host, port] = address.split(':');
  const password = secret(config, 'mysql-exporter');
  return [
    '[client]',
    'user=exporter',
    `password=${password}`,
    `host=${host}`,
    `port=${port}`,
    // With an authority it speaks TLS alone and wants a certificate of this host; a path in
    // backquotes may hold what else begins a comment.
    ...(config.market.tls ? [`ssl-ca=\`${certificateFiles(config).ca}\``] : []),
    '',
  ].join('\n');
}
