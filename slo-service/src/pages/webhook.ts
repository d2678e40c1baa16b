import { z } from 'zod';

const labels = z.record(z.string(), z.string());

/** One alert in a notification; `endsAt` is the year 1 while it fires. */
export const webhookAlertSchema = z.object({
  status: z.enum(['firing', 'resolved']),
  labels,
  annotations: labels.default({}),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }).optional(),
});

/** Alerts of one notification; Alertmanager is told to send no more. */
export const alertsMax = 1000;

/** Alertmanager's webhook, version 4 (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config). */
export const webhookSchema = z.object({
  version: z.literal('4'),
  groupKey: z.string().min(1),
  status: z.enum(['firing', 'resolved']),
  receiver: z.string().default(''),
  alerts: z.array(webhookAlertSchema).min(1).max(alertsMax),
});

export type Webhook = z.infer<typeof webhookSchema>;
export type WebhookAlert = z.infer<typeof webhookAlertSchema>;

/** Name of the alert that always fires, to show that alerting works from end to end. */
export const watchdogName = 'Watchdog';

/** True for the notification that only shows that alerting works. */
export const isWatchdog = ({ alerts }: Webhook): boolean =>
  alerts.every(({ labels }) => labels['alertname'] === watchdogName);
