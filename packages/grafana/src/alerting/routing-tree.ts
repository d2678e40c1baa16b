import { formatDuration } from '@sprout/query/duration';
import { manager } from '../resource.ts';
import type { GrafanaResource } from '../resource.ts';
import { notificationsApi } from './contact.ts';
import { matcher } from './matcher.ts';
import type { NotifyModel } from './rule.ts';

/** Whom alerts with some labels tell; the first route that matches takes them. */
export interface RouteModel extends NotifyModel {
  /** As Alertmanager writes them. */
  readonly matchers: readonly string[];
}

/**
 * A tree of notification policies beside the user's, for the rules that name it. Unlike the settings
 * of a rule it groups by its own labels alone. Grafana 13 has such trees where its feature
 * `alertingMultiplePolicies` is on.
 */
export function routingTreeResource(
  name: string,
  routes: readonly [RouteModel, ...RouteModel[]],
): GrafanaResource {
  return {
    apiVersion: notificationsApi,
    kind: 'RoutingTree',
    metadata: { name, annotations: manager },
    spec: { defaults: { receiver: routes[0].receiver }, routes: routes.map(routeSpec) },
  };
}

const routeSpec = (route: RouteModel) => ({
  receiver: route.receiver,
  matchers: route.matchers.map(matcher),
  continue: false,
  group_by: route.groupBy,
  group_wait: formatDuration(route.groupWaitSeconds),
  group_interval: formatDuration(route.groupIntervalSeconds),
  repeat_interval: formatDuration(route.repeatSeconds),
  mute_time_intervals: route.muteTimings,
});
