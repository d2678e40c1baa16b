import { createGrafanaClient, withSecrets } from '@sprout/grafana';
import { grafanaCommands } from '@sprout/grafana/commands';
import type { Command } from '@sprout/process';
import { alertingResources } from './resources.ts';
import { secretsOf } from './secrets.ts';

/** `sprout alerts plan | apply | drift`: Grafana-managed alerting. */
export const alertingCommands: Command[] = grafanaCommands({
  noun: 'alerts',
  resources: (context) => alertingResources({ ...context.config(), timeScale: 1 }),
  client: (context) =>
    withSecrets(createGrafanaClient(), (uid) => secretsOf(context.config(), uid)),
});
