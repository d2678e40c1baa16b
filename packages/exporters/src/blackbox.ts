import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessContext, ProcessSpec } from '@sprout/process';
import { exporter } from './exporter.ts';

/** Asks from outside, as a user would: over HTTP, or by opening a connection. */
export function blackboxExporter(): ProcessSpec {
  return exporter({
    name: 'blackbox-exporter',
    tool: 'blackbox-exporter',
    prepare: async (context) => writeFileSync(modulesFile(context), modules),
    args: (context) => [
      `--config.file=${modulesFile(context)}`,
      '--history.limit=10',
      '--log.format=json',
      '--log.level=warn',
    ],
  });
}

const modulesFile = ({ directory }: ProcessContext) => join(directory, 'blackbox.yml');

/** JSON is YAML too. */
const modules = JSON.stringify({
  modules: {
    http: {
      prober: 'http',
      timeout: '5s',
      http: { preferred_ip_protocol: 'ip4', follow_redirects: false },
    },
    tcp: { prober: 'tcp', timeout: '5s', tcp: { preferred_ip_protocol: 'ip4' } },
  },
});
