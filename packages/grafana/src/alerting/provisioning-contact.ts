import { integrationUid } from './contact.ts';
import type { IntegrationModel } from './contact.ts';
import { timeInterval } from './mute-time.ts';
import type { MuteTimeModel } from './mute-time.ts';

/**
 * The bodies of `POST /api/v1/provisioning/contact-points`, one for each integration; those of one
 * name are one contact point. A secret is not in them: in its place stands the file that holds it.
 */
export function provisioningContactPoints(
  title: string,
  integrations: readonly IntegrationModel[],
) {
  return integrations.map(({ type, settings, secrets, firingOnly }, index) => ({
    uid: integrationUid(title, index),
    name: title,
    type,
    ...(firingOnly === true && { disableResolveMessage: true }),
    settings: {
      ...settings,
      ...Object.fromEntries(
        Object.entries(secrets).map(([name, path]) => [name, `<contents of ${path}>`]),
      ),
    },
  }));
}

/** The body of `POST /api/v1/provisioning/mute-timings`. */
export const provisioningMuteTiming = (mute: MuteTimeModel) => timeInterval(mute);

/** The body of `PUT /api/v1/provisioning/templates/<name>`. */
export const provisioningTemplate = (content: string) => ({ template: content });
