import { ownPrefix } from './alerting/uid.ts';

/** A resource of Grafana's API: what `apply` sends and `_generated` keeps. Frozen plain JSON. */
export interface GrafanaResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: unknown;
}

/** A resource as Grafana keeps it: with its bookkeeping and its defaults. */
export type StoredResource = GrafanaResource & {
  readonly metadata: { readonly resourceVersion: string };
};

/** What names a kind of resource in Grafana's API. */
export type ResourceKind = Pick<GrafanaResource, 'apiVersion' | 'kind'>;

/** What names one resource in Grafana's API. */
export type ResourceId = ResourceKind & { readonly name: string };

/**
 * Marks resources as ours, so that pruning never touches what somebody else made. The kind is one
 * of those that Grafana knows: to it, a resource of an unknown kind of manager is unmanaged, and
 * its editor would not say that changes by hand will be overwritten.
 */
export const manager = {
  'grafana.app/managedBy': 'kubectl',
  'grafana.app/managerId': 'sprout',
} as const;

/**
 * Whether a resource carries our mark, all of it. Most of Grafana's alerting forgets annotations
 * (`pkg/registry/apps/alerting` of grafana/grafana); there the name is the mark.
 */
export function isOurs(resource: GrafanaResource): boolean {
  const { metadata } = resource;
  if (isMarked(resource)) return true;
  const isManaged = metadata.annotations?.['grafana.app/managedBy'] !== undefined;
  return forgetsAnnotations(resource) && !isManaged && isOwnName(metadata.name);
}

/** Whether both annotations of ours are there. */
export const isMarked = ({ metadata }: GrafanaResource): boolean =>
  Object.entries(manager).every(([key, value]) => metadata.annotations?.[key] === value);

/** Whether Grafana may keep none of the annotations that it is sent. */
export const forgetsAnnotations = ({ apiVersion }: ResourceKind): boolean =>
  apiVersion.includes('.alerting.grafana.app/');

const isOwnName = (name: string): boolean =>
  [name, Buffer.from(name, 'base64url').toString()].some((text) => text.startsWith(ownPrefix));

/** Names a resource. */
export function idOf({ apiVersion, kind, metadata }: GrafanaResource): ResourceId {
  return { apiVersion, kind, name: metadata.name };
}

/**
 * What builders return, as frozen JSON of its own: their objects are live, share parts and carry
 * functions.
 */
export function frozen<T>(built: unknown): T {
  return freezeAll(JSON.parse(JSON.stringify(built)));
}

function freezeAll<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) freezeAll(part);
    Object.freeze(value);
  }
  return value;
}
