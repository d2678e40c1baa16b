import { quantilesBy, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge, histogram } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** Alertmanager about itself. */
const owner = 'alertmanager';

export const alertmanagerAlerts = gauge('alertmanager_alerts', {
  help: 'Alerts that Alertmanager knows, by state.',
  owner,
  labels: { state: ['active', 'suppressed', 'unprocessed'] },
  panel: valueBy('state'),
  noAlert: 'alerts are alerted on by themselves',
});

export const alertmanagerAlertsReceivedTotal = counter('alertmanager_alerts_received_total', {
  help: 'Alerts received, by status.',
  owner,
  labels: { status: ['firing', 'resolved'], version: 'any' },
  panel: rateBy('status'),
  noAlert: 'traffic is decided by the alerts',
});

export const alertmanagerAlertsInvalidTotal = counter('alertmanager_alerts_invalid_total', {
  help: 'Alerts received that were not valid.',
  owner,
  labels: { version: 'any' },
  panel: rateBy(),
  noAlert: 'alerts are checked when they are built',
});

export const alertmanagerNotificationsTotal = counter('alertmanager_notifications_total', {
  help: 'Notifications sent, by kind of receiver.',
  owner,
  labels: { integration: 'any' },
  panel: rateBy('integration'),
  noAlert: 'traffic is decided by the alerts',
});

export const alertmanagerNotificationsFailedTotal = counter(
  'alertmanager_notifications_failed_total',
  {
    help: 'Notifications that failed, by kind of receiver.',
    owner,
    labels: { integration: 'any' },
    panel: rateBy('integration'),
    alert: {
      name: 'NotificationsFailing',
      severity: 'ticket',
      of: 'rate',
      above: 0,
      for: '1m',
      summary: 'Alertmanager cannot notify through {{ $labels.integration }}',
      impact:
        'Whoever is told through {{ $labels.integration }} hears of no outage; other ways still work.',
      firstStep:
        "Read the receiver's answer in .sprout/logs/alertmanager.log: a wrong address, or an expired token?",
    },
  },
);

export const alertmanagerNotificationLatencySeconds = histogram(
  'alertmanager_notification_latency_seconds',
  {
    help: 'How long a notification took.',
    owner,
    unit: 'seconds',
    labels: { integration: 'any' },
    buckets: [1, 5, 10, 15, 20],
    panel: quantilesBy('integration'),
    noAlert: 'a failed notification is alerted on',
  },
);

export const alertmanagerSilences = gauge('alertmanager_silences', {
  help: 'Silences, by state.',
  owner,
  labels: { state: ['active', 'expired', 'pending'] },
  panel: valueBy('state'),
  noAlert: 'silences are set on purpose',
});

export const alertmanagerConfigLastReloadSuccessful = gauge(
  'alertmanager_config_last_reload_successful',
  {
    help: '1 when the last reload of the configuration succeeded.',
    owner,
    panel: valueBy(),
    noAlert: 'a configuration is checked when it is built',
  },
);

/** What the dashboard of alerting knows of Alertmanager; it exposes more. */
export const alertmanagerSignals: readonly Metric[] = [
  alertmanagerAlerts,
  alertmanagerAlertsReceivedTotal,
  alertmanagerAlertsInvalidTotal,
  alertmanagerNotificationsTotal,
  alertmanagerNotificationsFailedTotal,
  alertmanagerNotificationLatencySeconds,
  alertmanagerSilences,
  alertmanagerConfigLastReloadSuccessful,
];
