import { manager } from '../resource.ts';
import type { GrafanaResource } from '../resource.ts';
import { timeInterval } from './mute-time.ts';
import type { MuteTimeModel } from './mute-time.ts';
import { nameOfTitle, uidOf } from './uid.ts';

/** Contact points, their templates, mute timings, inhibition. */
export const notificationsApi = 'notifications.alerting.grafana.app/v1beta1';

/** One way to tell people. `secrets` names settings that Grafana hides, and files they stand in. */
export interface IntegrationModel {
  readonly type: 'email' | 'slack' | 'webhook' | 'pagerduty';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Says nothing when an alert ends. */
  readonly firingOnly?: boolean;
}

/** The UID of one of the integrations of a contact point. */
export const integrationUid = (title: string, index: number): string => uidOf(`${title} ${index}`);

/** A contact point. Grafana never gives secrets back; that they are set is all that is compared. */
export function receiverResource(
  title: string,
  integrations: readonly IntegrationModel[],
): GrafanaResource {
  return {
    apiVersion: notificationsApi,
    kind: 'Receiver',
    metadata: { name: nameOfTitle(title), annotations: manager },
    spec: {
      title,
      integrations: integrations.map(({ type, settings, secrets, firingOnly }, index) => ({
        uid: integrationUid(title, index),
        type,
        version: 'v1',
        ...(firingOnly === true && { disableResolveMessage: true }),
        settings,
        secureFields: Object.fromEntries(Object.keys(secrets).map((name) => [name, true])),
      })),
    },
  };
}

/** A mute timing as a resource. */
export function timeIntervalResource(mute: MuteTimeModel): GrafanaResource {
  return {
    apiVersion: notificationsApi,
    kind: 'TimeInterval',
    metadata: { name: nameOfTitle(mute.name), annotations: manager },
    spec: timeInterval(mute),
  };
}

/** Templates that contact points name in their settings (`define` in `content`). */
export function templateGroupResource(title: string, content: string): GrafanaResource {
  return {
    apiVersion: notificationsApi,
    kind: 'TemplateGroup',
    metadata: { name: nameOfTitle(title), annotations: manager },
    spec: { title, content, kind: 'grafana' },
  };
}
