import type { IntegrationModel } from '@sprout/grafana';
import type { AlertsConfig } from '@sprout/process';
import { text, title } from '../notifications/named.ts';
import type { Severity } from '../rule/rule.ts';

/** From the most urgent on. */
export const severities: readonly Severity[] = ['page', 'ticket', 'info'];

/** Title of the contact point that the watchdog tells, the dead man's switch. */
export const watchdogContact = 'sprout-watchdog';

/** Everybody who is told of a severity, of one team or of all that nobody asked for by name. */
export interface ContactPoint {
  readonly title: string;
  readonly integrations: readonly IntegrationModel[];
}

/**
 * The contact points of a configuration. A rule of Grafana names one, so there is one for each
 * severity and, where receivers ask for teams, one more for each of these teams.
 */
export function contactPoints(alerts: AlertsConfig): ContactPoint[] {
  const { deadMansSwitch } = alerts;
  return [
    ...severities.flatMap((severity) =>
      [undefined, ...teamsNamed(alerts, severity)].flatMap(
        (team) => contactPointOf(alerts, severity, team) ?? [],
      ),
    ),
    ...(deadMansSwitch === undefined
      ? []
      : [{ title: watchdogContact, integrations: [switchOf(deadMansSwitch)] }]),
  ];
}

/** Whom a team's alerts of a severity reach; undefined when that is nobody. */
export function contactPointOf(
  alerts: AlertsConfig,
  severity: Severity,
  team: string | undefined,
): ContactPoint | undefined {
  const told = alerts.receivers.filter(
    ({ severities: of, teams }) =>
      of.includes(severity) &&
      (teams === undefined || (team !== undefined && teams.includes(team))),
  );
  if (told.length === 0) return undefined;
  return {
    title: team === undefined ? `sprout-${severity}` : `sprout-${severity}-${team}`,
    integrations: told.map(({ to }) => integrationOf(to, severity)),
  };
}

/** Teams that some receiver of a severity asks for by name. */
export function teamsNamed({ receivers }: AlertsConfig, severity: Severity): string[] {
  const teams = receivers
    .filter(({ severities: of }) => of.includes(severity))
    .flatMap((receiver) => receiver.teams ?? []);
  return [...new Set(teams)].toSorted();
}

type Destination = AlertsConfig['receivers'][number]['to'];

function integrationOf(to: Destination, severity: Severity): IntegrationModel {
  switch (to.kind) {
    case 'email':
      return {
        type: 'email',
        settings: { addresses: to.to.join(';'), subject: title, message: text },
        secrets: {},
      };
    case 'slack':
      return {
        type: 'slack',
        settings: { recipient: to.channel, title, text },
        secrets: { url: to.urlFile },
      };
    case 'pagerduty':
      return {
        type: 'pagerduty',
        settings: {
          severity: severity === 'page' ? 'critical' : 'warning',
          summary: title,
          details: { text },
          ...(to.url !== undefined && { url: to.url }),
        },
        secrets: { integrationKey: to.routingKeyFile },
      };
    case 'webhook':
      return webhook(to, { title, message: text });
  }
}

const switchOf = (to: NonNullable<AlertsConfig['deadMansSwitch']>): IntegrationModel => ({
  ...webhook(to, {}),
  firingOnly: true,
});

const webhook = (
  { url, tokenFile }: NonNullable<AlertsConfig['deadMansSwitch']>,
  says: { readonly title?: string; readonly message?: string },
): IntegrationModel => ({
  type: 'webhook',
  settings: { url, httpMethod: 'POST', ...says },
  secrets: tokenFile === undefined ? {} : { authorization_credentials: tokenFile },
});
