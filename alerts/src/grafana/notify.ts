import type { NotifyModel } from '@sprout/grafana';
import type { AlertsConfig } from '@sprout/process';
import {
  groupBy,
  groupIntervalSeconds,
  groupWaitSeconds,
  repeatSeconds,
  watchdogRepeatSeconds,
} from '../routing/waits.ts';
import type { Severity } from '../rule/rule.ts';
import { contactPointOf, watchdogContact } from './contact-points.ts';
import { muteTimingOf } from './mute-timings.ts';

/** Whom a team's alerts of a severity tell, and when; undefined when that is nobody. */
export function notifyOf(
  alerts: AlertsConfig,
  severity: Severity,
  team: string | undefined,
): NotifyModel | undefined {
  const contact = contactPointOf(alerts, severity, team);
  if (contact === undefined) return undefined;
  const pages = severity === 'page';
  return {
    receiver: contact.title,
    groupBy,
    groupWaitSeconds,
    groupIntervalSeconds,
    muteTimings: pages ? [] : alerts.muteTimes.map(muteTimingOf),
    repeatSeconds: pages ? repeatSeconds.page : repeatSeconds.waiting,
  };
}

/** The dead man's switch, held down. */
export const watchdogNotify: NotifyModel = {
  receiver: watchdogContact,
  groupBy: ['alertname'],
  groupWaitSeconds,
  groupIntervalSeconds,
  muteTimings: [],
  repeatSeconds: watchdogRepeatSeconds,
};
