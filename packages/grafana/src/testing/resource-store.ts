import { z } from 'zod';
import { alertingSpecs, keptAlertingSpec, keptAnnotations } from './alerting-specs.ts';

const text = z.record(z.string(), z.string());
const incoming = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string().min(1),
    resourceVersion: z.string().optional(),
    annotations: text.optional(),
    labels: text.optional(),
  }),
  spec: z.looseObject({}),
});
const deletion = z.object({
  preconditions: z.object({ resourceVersion: z.string().optional() }).optional(),
});

const titled = z.looseObject({ title: z.string().min(1) });

/** What the stand-in keeps; tests may read it and change it as a person in Grafana would. */
export interface Kept {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    resourceVersion: string;
    generation: number;
    annotations: Record<string, string>;
    labels: Record<string, string>;
  };
  spec: Record<string, unknown>;
}

/** An answer other than success. */
export class StatusError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Resources with what Grafana does to them: bookkeeping in the metadata, defaults in the spec,
 * nulls gone, and a version that must match.
 */
export class ResourceStore {
  readonly #kept = new Map<string, Kept>();
  #versions = 1_758_777_451_000_000;

  get(plural: string, name: string): Kept {
    const kept = this.#kept.get(`${plural}/${name}`);
    if (kept === undefined) throw new StatusError(404, `${plural} "${name}" not found`);
    return kept;
  }

  names(plural: string): string[] {
    const prefix = `${plural}/`;
    return [...this.#kept.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  }

  /** Changes a resource as a person would: saved under a new version. */
  edit(plural: string, name: string, change: (kept: Kept) => void): void {
    const kept = this.get(plural, name);
    change(kept);
    kept.metadata.generation += 1;
    kept.metadata.resourceVersion = this.#nextVersion();
    kept.metadata.annotations['grafana.app/updatedBy'] = 'user:somebody';
  }

  list(plural: string, limit: number, query: URLSearchParams): unknown {
    const from = Number(query.get('continue') ?? 0);
    const names = this.names(plural);
    const items = names.slice(from, from + limit).map((name) => this.get(plural, name));
    const more = from + limit < names.length ? { continue: String(from + limit) } : {};
    return { kind: 'List', metadata: { resourceVersion: String(this.#versions), ...more }, items };
  }

  create(plural: string, apiVersion: string, body: unknown): Kept {
    const { kind, metadata, spec } = valid(plural, body);
    if (this.#kept.has(`${plural}/${metadata.name}`))
      throw new StatusError(409, `${plural} "${metadata.name}" already exists`);
    const annotations = {
      ...keptAnnotations(plural, metadata.annotations ?? {}),
      'grafana.app/createdBy': 'service-account:1',
    };
    this.#requireFolder(annotations);
    const labels = { ...metadata.labels, 'grafana.app/deprecatedInternalID': '11' };
    const bookkeeping = {
      namespace: 'default',
      uid: `uid-${metadata.name}`,
      generation: 1,
      creationTimestamp: '2026-01-23T22:06:40Z',
      managedFields: [{ manager: 'node', operation: 'Update' }],
    };
    const kept = {
      apiVersion,
      kind,
      metadata: {
        ...bookkeeping,
        name: metadata.name,
        resourceVersion: this.#nextVersion(),
        annotations,
        labels,
      },
      spec: keptSpec(plural, spec),
      status: {},
    };
    this.#kept.set(`${plural}/${metadata.name}`, kept);
    return kept;
  }

  replace(plural: string, name: string, body: unknown): Kept {
    const { metadata, spec } = valid(plural, body);
    const kept = this.get(plural, name);
    this.#requireVersion(kept, metadata.resourceVersion);
    const { annotations = {}, labels = {} } = metadata;
    this.#requireFolder(annotations);
    kept.spec = keptSpec(plural, spec);
    kept.metadata.annotations = {
      ...keptAnnotations(plural, annotations),
      'grafana.app/updatedBy': 'service-account:1',
    };
    kept.metadata.labels = labels;
    kept.metadata.generation += 1;
    kept.metadata.resourceVersion = this.#nextVersion();
    return kept;
  }

  remove(plural: string, name: string, body: unknown): unknown {
    const kept = this.get(plural, name);
    this.#requireVersion(kept, deletion.parse(body).preconditions?.resourceVersion);
    this.#kept.delete(`${plural}/${name}`);
    return { kind: 'Status', status: 'Success' };
  }

  #requireVersion({ metadata }: Kept, asked: string | undefined): void {
    if (asked !== undefined && asked !== metadata.resourceVersion)
      throw new StatusError(409, 'the object has been modified; apply your changes to the latest');
  }

  #requireFolder(annotations: Readonly<Record<string, string>>): void {
    const name = annotations['grafana.app/folder'];
    if (name !== undefined && !this.#kept.has(`folders/${name}`))
      throw new StatusError(400, `folder "${name}" not found`);
  }

  #nextVersion(): string {
    this.#versions += 1;
    return String(this.#versions);
  }
}

function valid(plural: string, body: unknown): z.infer<typeof incoming> {
  const result = incoming.safeParse(body);
  if (!result.success) throw new StatusError(422, z.prettifyError(result.error));
  const spec = (alertingSpecs[plural] ?? titled).safeParse(result.data.spec);
  if (!spec.success) throw new StatusError(422, z.prettifyError(spec.error));
  return result.data;
}

function keptSpec(plural: string, spec: Readonly<Record<string, unknown>>) {
  if (plural === 'dashboards') return withDefaults(spec);
  return keptAlertingSpec(plural, spec);
}

function withDefaults(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { annotations, ...rest } = JSON.parse(JSON.stringify(spec, withoutNulls));
  const builtIn = {
    kind: 'AnnotationQuery',
    spec: { builtIn: true, name: 'Annotations & Alerts' },
  };
  return {
    liveNow: false,
    cursorSync: 'Off',
    preload: false,
    ...rest,
    annotations: [builtIn, ...(Array.isArray(annotations) ? annotations : [])],
  };
}

/** Go leaves out what is null and writes the zero value of what is not optional. */
function withoutNulls(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([, part]) => part !== null);
  return 'vizConfig' in value
    ? { transparent: false, links: [], ...Object.fromEntries(kept) }
    : Object.fromEntries(kept);
}
