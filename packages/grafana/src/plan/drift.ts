import type { GrafanaClient } from '../client/client.ts';
import { folderAnnotation } from '../folder.ts';
import { idOf, isOurs } from '../resource.ts';
import type { GrafanaResource, ResourceId, StoredResource } from '../resource.ts';
import { differences } from './difference.ts';
import type { Difference } from './difference.ts';
import { lastApplied } from './last-applied.ts';
import { findStored, listKinds } from './stored.ts';

/** A resource that is not in Grafana as we left it. */
export interface Drift {
  readonly id: ResourceId;
  /** `missing`: never applied, or deleted by hand; `unmarked`: our mark was taken off, or it never was ours. */
  readonly state: 'changed' | 'missing' | 'unmarked';
  /**
   * What it was compared with. Without a record of the last apply it is the code, and then
   * a difference may as well come from a change of code that was not applied yet.
   */
  readonly since: 'last apply' | 'code';
  /** Before: as applied. After: as it is in Grafana now. */
  readonly differences: readonly Difference[];
}

/** What was changed by hand in Grafana since our last apply. Only reads. */
export async function drift(
  client: GrafanaClient,
  resources: readonly GrafanaResource[],
): Promise<Drift[]> {
  const stored = await listKinds(client, resources);
  return resources.flatMap((resource) => driftOf(resource, findStored(stored, resource)));
}

function driftOf(resource: GrafanaResource, live: StoredResource | undefined): Drift[] {
  const id = idOf(resource);
  if (live === undefined) return [{ id, state: 'missing', since: 'code', differences: [] }];
  if (!isOurs(live)) {
    if (resource.kind === 'Folder') return [];
    return [{ id, state: 'unmarked', since: 'code', differences: [] }];
  }
  const applied = lastApplied(live);
  const found = [
    ...differences(placeOf(resource), placeOf(live), 'metadata.annotations'),
    ...differences(applied ?? resource.spec, live.spec, 'spec'),
  ];
  const since = applied === undefined ? 'code' : 'last apply';
  return found.length === 0 ? [] : [{ id, state: 'changed', since, differences: found }];
}

const placeOf = ({ metadata }: GrafanaResource): Record<string, unknown> => ({
  [folderAnnotation]: metadata.annotations?.[folderAnnotation],
});
