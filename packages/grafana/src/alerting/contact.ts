import { manager } from '../resource.ts';
import type { GrafanaResource } from '../resource.ts';
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

/** A time in which alerts wait, on the clock of a zone. */
export interface MuteTimeModel {
  readonly name: string;
  readonly zone: string;
  readonly weekdays?: readonly string[];
  readonly times?: readonly { readonly from: string; readonly to: string }[];
}

/** A mute timing in the shape of the API, which is not the SDK's. */
export function timeIntervalResource(mute: MuteTimeModel): GrafanaResource {
  return {
    apiVersion: notificationsApi,
    kind: 'TimeInterval',
    metadata: { name: nameOfTitle(mute.name), annotations: manager },
    spec: timeInterval(mute),
  };
}

/** A mute timing as both APIs take it. */
export function timeInterval({ name, zone, weekdays, times }: MuteTimeModel) {
  return {
    name,
    time_intervals: [
      {
        ...(times !== undefined && {
          times: times.map(({ from, to }) => ({ start_time: from, end_time: to })),
        }),
        ...(weekdays !== undefined && { weekdays }),
        location: zone,
      },
    ],
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
