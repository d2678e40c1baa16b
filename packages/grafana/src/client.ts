import type { GrafanaResource } from './resource.ts';

/** What names a resource in Grafana's API. */
export type ResourceId = Pick<GrafanaResource, 'apiVersion' | 'kind'> & { readonly name: string };

/** What stands between the code and a Grafana. */
export interface Change {
  readonly action: 'create' | 'update' | 'delete';
  readonly id: ResourceId;
  /** JSON paths that differ, for example `spec.elements.panel-1.spec.title`. */
  readonly paths: readonly string[];
}

/**
 * The port that plan, apply and drift need of a Grafana: its resource API, limited to what we
 * manage. There is no adapter yet.
 */
export interface GrafanaClient {
  /** Every resource that carries our manager annotations, with Grafana's own defaults in it. */
  list(kind: Pick<GrafanaResource, 'apiVersion' | 'kind'>): Promise<readonly GrafanaResource[]>;
  /** Creates or replaces; rejects when somebody changed it since it was listed. */
  put(resource: GrafanaResource): Promise<void>;
  /** Deletes a resource of ours; rejects for one that is not. */
  remove(id: ResourceId): Promise<void>;
}
