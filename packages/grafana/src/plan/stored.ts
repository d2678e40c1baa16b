import type { GrafanaClient } from '../client/client.ts';
import type { GrafanaResource, StoredResource } from '../resource.ts';

/** Everything that Grafana has of the kinds that occur among the resources. */
export async function listKinds(
  client: GrafanaClient,
  resources: readonly GrafanaResource[],
): Promise<StoredResource[]> {
  const kinds = new Map(resources.map((resource) => [resource.kind, resource]));
  const stored: StoredResource[] = [];
  for (const { apiVersion, kind } of kinds.values())
    stored.push(...(await client.list({ apiVersion, kind })));
  return stored;
}

/** The one of the same kind and name. */
export function findStored<T extends GrafanaResource>(
  stored: readonly T[],
  { kind, metadata }: GrafanaResource,
): T | undefined {
  return stored.find((live) => live.kind === kind && live.metadata.name === metadata.name);
}
