import { createHash } from 'node:crypto';

/**
 * A UID that depends on nothing but the key: at most 40 of `[a-z0-9-]`, as Grafana demands. It
 * begins with our name, by which we know what is ours where Grafana keeps no annotations.
 */
export function uidOf(key: string): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 10);
  const words = key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 22);
  return `${ownPrefix}${words}-${hash}`.replaceAll(/-+/g, '-');
}

/** What titles and names of all alerting resources of ours begin with. */
export const ownPrefix = 'sprout-';

/** Grafana names contact points and time intervals after their titles, in this form. */
export const nameOfTitle = (title: string): string => Buffer.from(title).toString('base64url');
