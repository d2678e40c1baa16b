import { createGrafanaClient, withSecrets } from '@sprout/grafana';
import { grafanaCommands } from '@sprout/grafana/commands';
import type { Command } from '@sprout/process';
import { boardsOf } from './boards.ts';
import { alertingResources } from './resources.ts';
import { secretsOf } from './secrets.ts';

/** `sprout alerts plan | apply | drift`: Grafana-managed alerting. */
export const alertingCommands: Command[] = grafanaCommands({
  noun: 'alerts',
  resources: (context) => {
    const config = { ...context.config(), timeScale: 1 };
    return alertingResources(config, boardsOf(config));
  },
  client: (context) =>
    withSecrets(createGrafanaClient(), (uid) => secretsOf(context.config(), uid)),
});
