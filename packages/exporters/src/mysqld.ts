import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listener, secret, waitForAddress } from '@sprout/process';
import type { ProcessContext, ProcessSpec } from '@sprout/process';
import { exporter } from './exporter.ts';

/** What MariaDB says about itself, read by its user `exporter`, who may see no table. */
export function mysqldExporter(): ProcessSpec {
  return exporter({
    name: 'mysqld-exporter',
    tool: 'mysqld-exporter',
    after: ['mariadb'],
    prepare: async (context) => {
      const address = await waitForAddress(context.config, listener('mariadb', 'mysql'));
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
  return `[client]\nuser=exporter\npassword=${password}\nhost=${host}\nport=${port}\n`;
}
