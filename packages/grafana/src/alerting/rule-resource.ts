import { formatDuration } from '@sprout/query/duration';
import { manager } from '../resource.ts';
import type { GrafanaResource } from '../resource.ts';
import { alertSteps, grafanaAnnotations, queryRangeSeconds, recordingSteps } from './expression.ts';
import type { Step } from './expression.ts';
import type { AlertModel, NotifyModel, RuleGroupModel, RuleModel, RuleOptions } from './rule.ts';
import { uidOf } from './uid.ts';

/** Grafana 13.3 and Grafana Cloud; alerts and recordings are kinds of their own. */
const apiVersion = 'rules.alerting.grafana.app/v1beta1';

/**
 * The rules of some groups as resources. They name their contact point themselves
 * (`SimplifiedRouting`), or a tree of our own, so the user's tree of notification policies is
 * neither read nor written.
 * Rules that do not stand in a group of Grafana's may be evaluated in any order, within an
 * interval of each other.
 */
export function ruleResources(
  groups: readonly RuleGroupModel[],
  options: RuleOptions,
): GrafanaResource[] {
  return groups.flatMap(({ rules, intervalSeconds }) =>
    rules.map((rule) => ({
      apiVersion,
      kind: rule.kind === 'alert' ? 'AlertRule' : 'RecordingRule',
      metadata: { name: uidOf(rule.key), annotations: manager },
      spec: {
        trigger: { interval: formatDuration(intervalSeconds) },
        labels: rule.labels,
        ...(rule.kind === 'alert' ? alertSpec(rule, options) : recordingSpec(rule, options)),
      },
    })),
  );
}

function alertSpec(rule: AlertModel, options: RuleOptions) {
  const { notify, panel } = rule;
  return {
    title: rule.title,
    // Grafana forgets a zero, which would then differ from what it has.
    ...(rule.forSeconds > 0 && { for: formatDuration(rule.forSeconds) }),
    annotations: grafanaAnnotations(rule),
    // This API knows the panel as a field; notifications and marks read the annotations.
    ...(panel !== undefined && {
      panelRef: { dashboardUID: panel.dashboardUid, panelID: panel.panelId },
    }),
    // A condition without series is a condition that does not hold.
    noDataState: 'Ok',
    execErrState: 'Error',
    missingSeriesEvalsToResolve: 1,
    ...(notify !== undefined && {
      notificationSettings: notificationSettings(notify, options),
    }),
    expressions: expressionsOf(alertSteps(rule.expr, options.datasourceUid)),
  };
}

function notificationSettings(notify: NotifyModel, { routingTree }: RuleOptions) {
  if (routingTree !== undefined) return { type: 'NamedRoutingTree', routingTree };
  return {
    type: 'SimplifiedRouting',
    receiver: notify.receiver,
    groupBy: notify.groupBy,
    groupWait: formatDuration(notify.groupWaitSeconds),
    groupInterval: formatDuration(notify.groupIntervalSeconds),
    repeatInterval: formatDuration(notify.repeatSeconds),
    muteTimeIntervals: notify.muteTimings,
  };
}

function recordingSpec(rule: Extract<RuleModel, { kind: 'recording' }>, options: RuleOptions) {
  return {
    title: rule.key,
    metric: rule.metric,
    targetDatasourceUID: options.targetDatasourceUid,
    expressions: expressionsOf(recordingSteps(rule.expr, options.datasourceUid)),
  };
}

const expressionsOf = (steps: readonly Step[]) =>
  Object.fromEntries(
    steps.map(({ refId, datasourceUid, isSource, model }) => [
      refId,
      {
        model,
        ...(isSource && { source: true }),
        ...(datasourceUid !== '__expr__' && {
          queryType: '',
          datasourceUID: datasourceUid,
          relativeTimeRange: { from: formatDuration(queryRangeSeconds), to: '0' },
        }),
      },
    ]),
  );
