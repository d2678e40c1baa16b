import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  httpHealth,
  launchAlertmanager,
  portOf,
  relocateAlertmanager,
  waitForAddress,
} from '@sprout/process';
import type { ProcessContext, ProcessSpec, SproutConfig } from '@sprout/process';
import { notificationTemplate, templateFile } from '../notifications/template.ts';
import { alertmanagerConfig, webhookPath } from '../routing/alertmanager-config.ts';
import { writeAlertmanagerTargets } from './alertmanager-targets.ts';

/** Groups, inhibits and notifies; alone, so its gossip between replicas is off. */
export function alertmanagerProcess(): ProcessSpec {
  return {
    name: 'alertmanager',
    tools: ['alertmanager', 'amtool'],
    // Its notifications go there, and a free port is only known once it listens.
    after: ['slo-service'],
    addresses: ({ config, port }) => ({ http: url(config, port()) }),
    prepare,
    command: ({ config, tool, port, directory }) => ({
      ...launchAlertmanager(tool('alertmanager'), directory, [
        `--config.file=${join(directory, 'alertmanager.yml')}`,
        `--storage.path=${join(directory, 'data')}`,
        `--web.listen-address=${config.host}:${port()}`,
        '--cluster.listen-address=',
        '--log.format=json',
      ]),
      env: { GOGC: '60' },
    }),
    health: httpHealth('/-/ready'),
  };
}

async function prepare({ config, tool, port, directory }: ProcessContext): Promise<void> {
  relocateAlertmanager(tool('alertmanager'), directory);
  const webhookUrl = `${await sloServiceUrl(config)}${webhookPath}`;
  writeFileSync(join(directory, 'alertmanager.yml'), alertmanagerConfig(config, webhookUrl));
  writeFileSync(join(directory, templateFile), notificationTemplate(config.alerts));
  writeAlertmanagerTargets(config, url(config, port()));
}

/** The configured address; with a free port, the one it published. */
async function sloServiceUrl(config: SproutConfig): Promise<string> {
  const port = portOf(config, 'slo-service');
  return port === 0
    ? waitForAddress(config, { process: 'slo-service', listener: 'http' })
    : url(config, port);
}

const url = (config: SproutConfig, port: number) => `http://${config.host}:${port}`;
