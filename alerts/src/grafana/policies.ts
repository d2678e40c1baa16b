import { routingTreeResource } from '@sprout/grafana';
import type { GrafanaResource, RouteModel } from '@sprout/grafana';
import type { AlertsConfig, SproutConfig } from '@sprout/process';
import { severities, teamsNamed } from './contact-points.ts';
import { notifyOf, watchdogNotify } from './notify.ts';

/** The name of our tree of notification policies. */
export const routingTree = 'sprout-policies';

/**
 * Our own tree, where `alerts.grafana.ownPolicies` asks for it: what is one notification of
 * Alertmanager is one of Grafana then. Settings of a rule cannot say that, since Grafana adds
 * `alertname` to what they group by.
 */
export function policies({ alerts }: Pick<SproutConfig, 'alerts'>): GrafanaResource[] {
  const [first, ...others] = routesOf(alerts);
  if (!alerts.grafana.ownPolicies || first === undefined) return [];
  return [routingTreeResource(routingTree, [first, ...others])];
}

/** Those of a team come before those of all. */
function routesOf(alerts: AlertsConfig): RouteModel[] {
  const { deadMansSwitch } = alerts;
  return [
    ...(deadMansSwitch === undefined
      ? []
      : [{ ...watchdogNotify, matchers: ['alertname="Watchdog"'] }]),
    ...severities.flatMap((severity) =>
      [...teamsNamed(alerts, severity), undefined].flatMap((team) => {
        const notify = notifyOf(alerts, severity, team);
        const named = team === undefined ? [] : [`team="${team}"`];
        return notify === undefined
          ? []
          : [{ ...notify, matchers: [`severity="${severity}"`, ...named] }];
      }),
    ),
  ];
}
