import { noPanel, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** Prometheus about itself. */
const owner = 'prometheus';

export const prometheusBuildInfo = gauge('prometheus_build_info', {
  help: 'The version, as labels; always 1.',
  owner,
  labels: {
    branch: 'any',
    goarch: 'any',
    goos: 'any',
    goversion: 'any',
    revision: 'any',
    tags: 'any',
    version: 'any',
  },
  panel: noPanel('a constant, looked up when a version matters'),
  noAlert: 'a constant of the program',
});

export const prometheusConfigLastReloadSuccessful = gauge(
  'prometheus_config_last_reload_successful',
  {
    help: '1 when the last reload of the configuration succeeded.',
    owner,
    panel: valueBy(),
    alert: {
      name: 'PrometheusConfigFailed',
      severity: 'ticket',
      of: 'value',
      below: 1,
      for: '1m',
      summary: 'Prometheus runs on an old configuration: the new one was refused',
      impact: 'Changed rules and alerts are not in force; those from before still are.',
      firstStep: 'promtool check config names the line, and so does .sprout/logs/prometheus.log.',
    },
  },
);

export const prometheusTsdbHeadSeries = gauge('prometheus_tsdb_head_series', {
  help: 'Series in memory.',
  owner,
  panel: valueBy(),
  noAlert: 'growth is looked at over days, not against a number',
});

export const prometheusTsdbHeadSamplesAppendedTotal = counter(
  'prometheus_tsdb_head_samples_appended_total',
  {
    help: 'Samples taken in.',
    owner,
    labels: { type: 'any' },
    panel: rateBy(),
    noAlert: 'traffic is decided by those who send',
  },
);

export const prometheusTsdbHeadChunks = gauge('prometheus_tsdb_head_chunks', {
  help: 'Chunks in memory.',
  owner,
  panel: valueBy(),
  noAlert: 'growth is looked at over days, not against a number',
});

export const prometheusTsdbStorageBlocksBytes = gauge('prometheus_tsdb_storage_blocks_bytes', {
  help: 'Bytes of the blocks on disk.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'retention keeps it bounded',
});

export const prometheusTsdbHeadOutOfOrderSamplesAppendedTotal = counter(
  'prometheus_tsdb_head_out_of_order_samples_appended_total',
  {
    help: 'Samples that came late and were taken in order nevertheless.',
    owner,
    panel: rateBy(),
    noAlert: 'late samples are meant to be taken',
  },
);

export const prometheusRuleEvaluationsTotal = counter('prometheus_rule_evaluations_total', {
  help: 'Rules evaluated.',
  owner,
  labels: { rule_group: 'any' },
  panel: rateBy('rule_group'),
  noAlert: 'traffic is decided by the rules',
});

export const prometheusRuleEvaluationFailuresTotal = counter(
  'prometheus_rule_evaluation_failures_total',
  {
    help: 'Rules that could not be evaluated.',
    owner,
    labels: { rule_group: 'any' },
    panel: rateBy('rule_group'),
    alert: {
      name: 'RuleEvaluationFailing',
      severity: 'ticket',
      of: 'rate',
      above: 0,
      for: '1m',
      // The label is `<path of the file>;<name of the group>`.
      summary:
        'Prometheus cannot evaluate rules of the group {{ reReplaceAll "^.*;" "" $labels.rule_group }}',
      impact:
        'Recordings of the group have gaps and its alerts cannot fire: an outage may go unnoticed.',
      firstStep:
        'The page /rules of Prometheus shows the error beside the rule: two series with the same labels?',
    },
  },
);

export const prometheusRuleGroupLastDurationSeconds = gauge(
  'prometheus_rule_group_last_duration_seconds',
  {
    help: 'How long the last evaluation of a group took.',
    owner,
    unit: 'seconds',
    labels: { rule_group: 'any' },
    panel: valueBy('rule_group'),
    noAlert: 'compared with the interval, not with a number',
  },
);

export const prometheusRuleGroupIntervalSeconds = gauge('prometheus_rule_group_interval_seconds', {
  help: 'How often a group is evaluated.',
  owner,
  unit: 'seconds',
  labels: { rule_group: 'any' },
  panel: valueBy('rule_group'),
  noAlert: 'a constant of the rules',
});

export const prometheusRuleGroupIterationsMissedTotal = counter(
  'prometheus_rule_group_iterations_missed_total',
  {
    help: 'Evaluations left out because the one before took too long.',
    owner,
    labels: { rule_group: 'any' },
    panel: rateBy('rule_group'),
    noAlert: 'a slow group shows in its duration',
  },
);

export const prometheusNotificationsSentTotal = counter('prometheus_notifications_sent_total', {
  help: 'Alerts sent to Alertmanager.',
  owner,
  labels: { alertmanager: 'any' },
  panel: rateBy(),
  noAlert: 'traffic is decided by the alerts',
});

export const prometheusNotificationsErrorsTotal = counter('prometheus_notifications_errors_total', {
  help: 'Alerts that Alertmanager did not take.',
  owner,
  labels: { alertmanager: 'any' },
  panel: rateBy('alertmanager'),
  alert: {
    name: 'AlertsNotDelivered',
    severity: 'ticket',
    of: 'rate',
    above: 0,
    for: '1m',
    summary: 'Prometheus cannot hand its alerts to Alertmanager',
    impact: 'Alerts fire and nobody hears of them.',
    firstStep:
      'Does alertmanager run: ./sprout status? If so, .sprout/logs/prometheus.log names the error.',
  },
});

export const prometheusNotificationsDroppedTotal = counter(
  'prometheus_notifications_dropped_total',
  {
    help: 'Alerts given up before they were sent.',
    owner,
    panel: rateBy(),
    noAlert: 'lost alerts were not delivered before',
  },
);

export const prometheusNotificationsQueueLength = gauge('prometheus_notifications_queue_length', {
  help: 'Alerts that wait to be sent.',
  owner,
  panel: valueBy(),
  noAlert: 'a long queue shows as alerts that are not delivered',
});

export const prometheusNotificationsQueueCapacity = gauge(
  'prometheus_notifications_queue_capacity',
  {
    help: 'Alerts that may wait to be sent.',
    owner,
    panel: valueBy(),
    noAlert: 'a constant of the configuration',
  },
);

export const prometheusEngineQueries = gauge('prometheus_engine_queries', {
  help: 'Queries that run now.',
  owner,
  panel: valueBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const prometheusHttpRequestsTotal = counter('prometheus_http_requests_total', {
  help: 'Requests answered, by handler and status code.',
  owner,
  labels: { code: 'any', handler: 'any' },
  panel: rateBy('code'),
  noAlert: 'traffic is decided by those who ask',
});

/** What the dashboards of alerting and telemetry know of Prometheus; it exposes more. */
export const prometheusSignals: readonly Metric[] = [
  prometheusBuildInfo,
  prometheusConfigLastReloadSuccessful,
  prometheusTsdbHeadSeries,
  prometheusTsdbHeadSamplesAppendedTotal,
  prometheusTsdbHeadChunks,
  prometheusTsdbStorageBlocksBytes,
  prometheusTsdbHeadOutOfOrderSamplesAppendedTotal,
  prometheusRuleEvaluationsTotal,
  prometheusRuleEvaluationFailuresTotal,
  prometheusRuleGroupLastDurationSeconds,
  prometheusRuleGroupIntervalSeconds,
  prometheusRuleGroupIterationsMissedTotal,
  prometheusNotificationsSentTotal,
  prometheusNotificationsErrorsTotal,
  prometheusNotificationsDroppedTotal,
  prometheusNotificationsQueueLength,
  prometheusNotificationsQueueCapacity,
  prometheusEngineQueries,
  prometheusHttpRequestsTotal,
];
