import { createHash } from 'node:crypto';

/** A UID that depends on nothing but the key: at most 40 of `[a-z0-9-]`, as Grafana demands. */
export function uidOf(key: string): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 10);
  const words = key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 29);
  return `${words}-${hash}`.replaceAll(/-+/g, '-').replace(/^-/, '');
}

/** Grafana names contact points and time intervals after their titles, in this form. */
export const nameOfTitle = (title: string): string => Buffer.from(title).toString('base64url');
