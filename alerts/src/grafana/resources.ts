import {
  inFolder,
  inhibitionResource,
  receiverResource,
  ruleResources,
  templateGroupResource,
  timeIntervalResource,
} from '@sprout/grafana';
import type { DashboardModel, GrafanaResource } from '@sprout/grafana';
import type { SproutConfig } from '@sprout/process';
import { notificationTemplate } from '../notifications/template.ts';
import { inhibitRules } from '../routing/inhibition.ts';
import { contactPoints } from './contact-points.ts';
import { muteTimings } from './mute-timings.ts';
import { policies } from './policies.ts';
import { ruleGroups, ruleOptions } from './rules.ts';
import { inhibitingParts } from './teams.ts';

/** Title of the group of templates, which contact points name. */
export const templateGroup = 'sprout-notifications';

/**
 * Everything that Grafana-managed alerting is to have, beside the boards it is seen on; what others
 * name comes first. Grafana has
 * no receiver for the SLO service by itself, so the history of pages needs a webhook among the
 * receivers.
 */
export function alertingResources(
  config: SproutConfig,
  boards: readonly DashboardModel[],
): GrafanaResource[] {
  const { alerts } = config;
  return [
    ...muteTimings(alerts).map(timeIntervalResource),
    templateGroupResource(templateGroup, notificationTemplate(alerts)),
    ...contactPoints(alerts).map(({ title, integrations }) =>
      receiverResource(title, integrations),
    ),
    ...policies(config),
    ...inhibitRules(config).map((rule) => inhibitionResource(inhibitingParts(rule, alerts))),
    ...inFolder(ruleResources(ruleGroups(config, boards), ruleOptions(config))),
  ];
}
