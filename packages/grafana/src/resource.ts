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

/** Marks resources as ours, so that pruning never touches what somebody else made. */
export const manager = {
  'grafana.app/managedBy': 'sprout',
  'grafana.app/managerId': 'sprout',
} as const;

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
