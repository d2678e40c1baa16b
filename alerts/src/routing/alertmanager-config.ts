// Alone, since the rest of that package loads the foundation SDK, and this runs at every start.
import { timeInterval } from '@sprout/grafana/mute-time';
import { secretPath } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { printYaml } from '../rule/print.ts';
import { templateFile } from '../notifications/template.ts';
import { inhibitRules } from './inhibition.ts';
import { receiverConfigs, receiverRoutes, webhookConfig } from './receivers.ts';
import {
  groupBy,
  groupIntervalSeconds,
  groupWaitSeconds,
  repeatSeconds,
  watchdogRepeatSeconds,
} from './waits.ts';

/** Path of the SLO service that takes Alertmanager's notifications. */
export const webhookPath = '/api/v1/alertmanager';

/** Alertmanager polls its groups; below a second it would only spin. */
const waitSecondsMin = 1;

/**
 * The configuration of Alertmanager: alerts of one page group and severity make one
 * notification, so that one fault is one page. `webhookUrl` receives all of them.
 */
export function alertmanagerConfig(config: SproutConfig, webhookUrl: string): string {
  const wait = (seconds: number) =>
    formatDuration(Math.max(waitSecondsMin, seconds / config.timeScale));
  const webhook = { url: webhookUrl, ...credentials(config) };
  const { deadMansSwitch, muteTimes } = config.alerts;
  return printYaml({
    route: {
      receiver: 'slo-service',
      group_by: groupBy,
      group_wait: wait(groupWaitSeconds),
      group_interval: wait(groupIntervalSeconds),
      repeat_interval: wait(repeatSeconds.page),
      routes: [
        {
          receiver: 'watchdog',
          matchers: ['alertname="Watchdog"'],
          group_by: ['alertname'],
          repeat_interval: wait(watchdogRepeatSeconds),
        },
        ...receiverRoutes(config, wait),
        // The last to be asked, so that it gets whatever the others got.
        { receiver: 'slo-service' },
      ],
    },
    ...(muteTimes.length > 0 && { time_intervals: muteTimes.map(timeInterval) }),
    templates: [templateFile],
    inhibit_rules: inhibitRules(config),
    receivers: [
      { name: 'slo-service', webhook_configs: [{ ...webhook, send_resolved: true }] },
      {
        name: 'watchdog',
        webhook_configs: [
          { ...webhook, send_resolved: false },
          ...(deadMansSwitch === undefined
            ? []
            : [{ ...webhookConfig(deadMansSwitch), send_resolved: false }]),
        ],
      },
      ...receiverConfigs(config),
    ],
  });
}

/** Where callers are asked for keys, Alertmanager shows a token of its own, read from its file. */
function credentials(config: SproutConfig) {
  if (config.access === undefined) return {};
  const file = config.access.webhookTokenFile ?? secretPath(config, 'webhook');
  return { http_config: { authorization: { type: 'Bearer', credentials_file: file } } };
}
