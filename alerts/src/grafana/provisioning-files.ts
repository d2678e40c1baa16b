import {
  folder,
  provisioningContactPoints,
  provisioningGroup,
  provisioningMuteTiming,
  provisioningTemplate,
} from '@sprout/grafana';
import type { DashboardModel } from '@sprout/grafana';
import type { GeneratedFiles, SproutConfig } from '@sprout/process';
import { notificationTemplate } from '../notifications/template.ts';
import { contactPoints } from './contact-points.ts';
import { muteTimings } from './mute-timings.ts';
import { templateGroup } from './resources.ts';
import { ruleGroups, ruleOptions } from './rules.ts';

/** Bodies for the provisioning API of any Grafana, each in the folder of its path in that API. */
export function provisioningFiles(
  config: SproutConfig,
  boards: readonly DashboardModel[],
): GeneratedFiles {
  const { alerts } = config;
  const options = ruleOptions(config);
  const bodies: [path: string, body: unknown][] = [
    ...muteTimings(alerts).map((mute): [string, unknown] => [
      `mute-timings/${mute.name}`,
      provisioningMuteTiming(mute),
    ]),
    [`templates/${templateGroup}`, provisioningTemplate(notificationTemplate(alerts))],
    ...contactPoints(alerts)
      .flatMap(({ title, integrations }) => provisioningContactPoints(title, integrations))
      .map((body): [string, unknown] => [`contact-points/${body.uid}`, body]),
    ...ruleGroups(config, boards).map((group): [string, unknown] => [
      `rule-groups/${group.name}`,
      provisioningGroup(group, folder.metadata.name, options),
    ]),
  ];
  return new Map(
    bodies.map(([path, body]) => [
      `provisioning/${path}.json`,
      `${JSON.stringify(body, null, 2)}\n`,
    ]),
  );
}
