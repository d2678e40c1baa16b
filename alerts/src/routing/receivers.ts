import type { AlertsConfig, SproutConfig } from '@sprout/process';
import { text, title } from '../notifications/named.ts';
import { repeatSeconds } from './waits.ts';

type Receiver = AlertsConfig['receivers'][number];
type Route = Readonly<Record<string, unknown>>;

/**
 * Routes to the configured receivers. Each lets the alert go on to the next, so that the SLO
 * service, which comes last, keeps the whole history. Mute times hold for tickets and notes only.
 */
export function receiverRoutes(
  { alerts }: Pick<SproutConfig, 'alerts'>,
  wait: (seconds: number) => string,
): Route[] {
  const muted = alerts.muteTimes.map(({ name }) => name);
  return alerts.receivers.flatMap((receiver) => {
    const waiting = receiver.severities.filter((severity) => severity !== 'page');
    return [
      ...(receiver.severities.includes('page')
        ? [{ ...route(receiver, ['page']), repeat_interval: wait(repeatSeconds.page) }]
        : []),
      ...(waiting.length === 0
        ? []
        : [
            {
              ...route(receiver, waiting),
              repeat_interval: wait(repeatSeconds.waiting),
              ...(muted.length > 0 && { mute_time_intervals: muted }),
            },
          ]),
    ];
  });
}

function route({ name, teams }: Receiver, severities: readonly string[]): Route {
  return {
    receiver: name,
    matchers: [
      `severity=~"${severities.join('|')}"`,
      ...(teams === undefined ? [] : [`team=~"${teams.join('|')}"`]),
    ],
    continue: true,
  };
}

/** The configured receivers as Alertmanager knows them; secrets stay in their files. */
export function receiverConfigs({ alerts }: Pick<SproutConfig, 'alerts'>): object[] {
  return alerts.receivers.map(({ name, to }) => ({ name, ...destination(to) }));
}

function destination(to: Receiver['to']): object {
  switch (to.kind) {
    case 'webhook':
      return { webhook_configs: [webhookConfig(to)] };
    case 'slack':
      return {
        slack_configs: [
          { api_url_file: to.urlFile, channel: to.channel, send_resolved: true, title, text },
        ],
      };
    case 'email':
      return { email_configs: [emailConfig(to)] };
    case 'pagerduty':
      return {
        pagerduty_configs: [
          {
            routing_key_file: to.routingKeyFile,
            ...(to.url !== undefined && { url: to.url }),
            send_resolved: true,
            description: title,
            severity: '{{ if eq .CommonLabels.severity "page" }}critical{{ else }}warning{{ end }}',
            details: { text },
          },
        ],
      };
  }
}

/** A webhook, with its token in a header when there is one. */
export function webhookConfig(to: {
  readonly url: string;
  readonly tokenFile?: string | undefined;
}) {
  return {
    url: to.url,
    send_resolved: true,
    ...(to.tokenFile !== undefined && {
      http_config: { authorization: { credentials_file: to.tokenFile } },
    }),
  };
}

function emailConfig(to: Extract<Receiver['to'], { kind: 'email' }>) {
  return {
    to: to.to.join(', '),
    from: to.from,
    smarthost: to.smarthost,
    send_resolved: true,
    require_tls: to.requireTls,
    ...(to.username !== undefined && { auth_username: to.username }),
    ...(to.passwordFile !== undefined && { auth_password_file: to.passwordFile }),
    headers: { Subject: title },
    html: '',
    text,
  };
}
