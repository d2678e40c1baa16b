import { readFileSync } from 'node:fs';
import { integrationUid } from '@sprout/grafana';
import { SproutError } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { contactPoints } from './contact-points.ts';

/** Reads the secrets of an integration from their files. Throws SproutError `SECRET_MISSING`. */
export function secretsOf(config: Pick<SproutConfig, 'alerts'>, uid: string) {
  const integration = contactPoints(config.alerts)
    .flatMap(({ title, integrations }) =>
      integrations.map((one, index) => ({ ...one, uid: integrationUid(title, index) })),
    )
    .find((one) => one.uid === uid);
  return Object.fromEntries(
    Object.entries(integration?.secrets ?? {}).map(([name, path]) => [name, secretIn(path)]),
  );
}

function secretIn(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new SproutError('SECRET_MISSING', `cannot read the secret in ${path}`, {
      hint: 'write it there, readable for its owner only, or correct alerts.receivers',
      cause,
    });
  }
}
