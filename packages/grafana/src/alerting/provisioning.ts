import { formatDuration } from '@sprout/query/duration';
import { alertSteps, grafanaAnnotations, queryRangeSeconds, recordingSteps } from './expression.ts';
import type { Step } from './expression.ts';
import type { AlertModel, RuleGroupModel, RuleModel, RuleOptions } from './rule.ts';
import { uidOf } from './uid.ts';

/**
 * The body of `PUT /api/v1/provisioning/folder/<folder>/rule-groups/<group>`, which every Grafana
 * since 9 takes and which keeps the order of its rules
 * (https://grafana.com/docs/grafana/latest/developers/http_api/alerting_provisioning/).
 * Recording rules need Grafana 11.
 */
export function provisioningGroup(
  { name, intervalSeconds, rules }: RuleGroupModel,
  folderUid: string,
  options: RuleOptions,
) {
  return {
    title: name,
    folderUid,
    interval: Math.round(intervalSeconds),
    rules: rules.map((rule) => ({
      uid: uidOf(rule.key),
      folderUID: folderUid,
      ruleGroup: name,
      labels: rule.labels,
      isPaused: false,
      ...(rule.kind === 'alert' ? alertFields(rule, options) : recordingFields(rule, options)),
    })),
  };
}

function alertFields(rule: AlertModel, options: RuleOptions) {
  const { notify } = rule;
  return {
    title: rule.title,
    condition: 'C',
    data: dataOf(alertSteps(rule.expr, options.datasourceUid)),
    for: formatDuration(rule.forSeconds),
    noDataState: 'OK',
    execErrState: 'Error',
    missing_series_evals_to_resolve: 1,
    annotations: grafanaAnnotations(rule),
    ...(notify !== undefined && {
      notification_settings: {
        receiver: notify.receiver,
        group_by: notify.groupBy,
        group_wait: formatDuration(notify.groupWaitSeconds),
        group_interval: formatDuration(notify.groupIntervalSeconds),
        repeat_interval: formatDuration(notify.repeatSeconds),
        mute_time_intervals: notify.muteTimings,
      },
    }),
  };
}

function recordingFields(rule: Extract<RuleModel, { kind: 'recording' }>, options: RuleOptions) {
  return {
    title: rule.key,
    data: dataOf(recordingSteps(rule.expr, options.datasourceUid)),
    record: {
      metric: rule.metric,
      from: 'A',
      target_datasource_uid: options.targetDatasourceUid,
    },
  };
}

const dataOf = (steps: readonly Step[]) =>
  steps.map(({ refId, datasourceUid, model }) => ({
    refId,
    datasourceUid,
    relativeTimeRange: { from: datasourceUid === '__expr__' ? 0 : queryRangeSeconds, to: 0 },
    model,
  }));
