import {
  inFolder,
  inhibitionResource,
  receiverResource,
  ruleResources,
  timeIntervalResource,
} from '@sprout/grafana';
import type {
  GrafanaResource,
  IntegrationModel,
  RuleGroupModel,
  RuleModel,
  RuleOptions,
} from '@sprout/grafana';
import type { AlertsConfig, SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { inhibitRules } from '../routing/inhibition.ts';
import type { Rule, RuleGroup } from '../rule/rule.ts';

const severities = ['page', 'ticket', 'info'] as const;
type Severity = (typeof severities)[number];

/**
 * Everything that Grafana-managed alerting is to have: mute timings and contact points first,
 * because rules name them. Grafana has no receiver for the SLO service by itself, so the history
 * of pages needs a webhook among the receivers.
 */
export function alertingResources(config: SproutConfig): GrafanaResource[] {
  const { alerts } = config;
  return [
    ...alerts.muteTimes.map(({ name, zone, weekdays, times }) =>
      timeIntervalResource({
        name: muteTiming(name),
        zone,
        ...(weekdays !== undefined && { weekdays }),
        ...(times !== undefined && { times }),
      }),
    ),
    ...contactPoints(alerts).map(({ title, integrations }) =>
      receiverResource(title, integrations),
    ),
    ...inhibitRules(config).map(inhibitionResource),
    ...inFolder(ruleResources(ruleGroups(buildRules(config)), ruleOptions(config))),
  ];
}

/** Names of ours that cannot be those of somebody else's. */
const muteTiming = (name: string) => `sprout-${name}`;

/** The groups as both writers of Grafana take them. */
export function ruleGroups(groups: readonly RuleGroup[]): RuleGroupModel[] {
  return groups.map(({ name, intervalSeconds, rules }) => ({
    name,
    // Grafana evaluates at multiples of ten seconds.
    intervalSeconds: Math.max(10, Math.round(intervalSeconds / 10) * 10),
    rules: rules.map(ruleModel),
  }));
}

/** Where rules read and write, and whom they tell. */
export function ruleOptions({ alerts }: Pick<SproutConfig, 'alerts'>): RuleOptions {
  const names = alerts.muteTimes.map(({ name }) => muteTiming(name));
  return {
    datasourceUid: alerts.grafana.datasourceUid,
    targetDatasourceUid: alerts.grafana.recordingDatasourceUid,
    receivers: Object.fromEntries(
      contactPoints(alerts).map(({ title, severity }) => [severity, title]),
    ),
    muteTimings: { ticket: names, info: names },
    groupBy: ['page_group', 'severity'],
  };
}

/** The contact point of each severity that somebody is told of. */
export function contactPoints(alerts: AlertsConfig) {
  return severities.flatMap((severity) => {
    const integrations = alerts.receivers
      .filter((receiver) => receiver.severities.includes(severity))
      .map(({ to }) => integrationOf(to, severity));
    return integrations.length === 0
      ? []
      : [{ severity, title: `sprout-${severity}`, integrations }];
  });
}

function ruleModel(rule: Rule): RuleModel {
  const common = { expr: rule.expr.text, labels: rule.labels };
  const identity = [rule.labels['objective'], rule.labels['route']].filter(Boolean).join(' ');
  if (rule.kind === 'recording') {
    return { ...common, kind: 'recording', key: `${rule.record} ${identity}`, metric: rule.record };
  }
  return {
    ...common,
    kind: 'alert',
    key: `${rule.alert} ${identity} ${rule.labels.severity}`.replace(/ +/g, ' '),
    title: identity === '' ? rule.alert : `${rule.alert} ${identity}`,
    forSeconds: rule.forSeconds,
    annotations: rule.annotations,
  };
}

type Destination = AlertsConfig['receivers'][number]['to'];

function integrationOf(to: Destination, severity: Severity): IntegrationModel {
  switch (to.kind) {
    case 'email':
      return { type: 'email', settings: { addresses: to.to.join(';') }, secrets: {} };
    case 'slack':
      return { type: 'slack', settings: { recipient: to.channel }, secrets: { url: to.urlFile } };
    case 'pagerduty':
      return {
        type: 'pagerduty',
        settings: { severity: severity === 'page' ? 'critical' : 'warning' },
        secrets: { integrationKey: to.routingKeyFile },
      };
    case 'webhook':
      return {
        type: 'webhook',
        settings: { url: to.url, httpMethod: 'POST' },
        secrets: to.tokenFile === undefined ? {} : { authorization_credentials: to.tokenFile },
      };
  }
}
