import { SproutError } from '@sprout/process';
import type { GrafanaClient } from '../client/client.ts';
import { folderAnnotation } from '../folder.ts';
import { idOf, isMarked, isOurs } from '../resource.ts';
import type { GrafanaResource, ResourceId, StoredResource } from '../resource.ts';
import { differences } from './difference.ts';
import type { Difference } from './difference.ts';
import { lastAppliedAnnotation, withoutLastApplied } from './last-applied.ts';
import { findStored, listKinds } from './stored.ts';

/** One step from what Grafana has to what the code says. */
export type Change = {
  readonly id: ResourceId;
  /** Of an update; to create or delete is to do so with the whole resource. */
  readonly differences: readonly Difference[];
} & (
  | { readonly action: 'create'; readonly resource: GrafanaResource }
  | {
      readonly action: 'update';
      readonly resource: GrafanaResource;
      /** What was looked at; whoever changed it since then wins, and apply says so. */
      readonly resourceVersion: string;
    }
  | { readonly action: 'delete'; readonly resourceVersion: string }
);

/**
 * What it takes to make Grafana have these resources: create, update, and delete what carries our
 * mark but is no longer among them. Only reads. Folders are never deleted: other people's
 * dashboards may lie in ours.
 *
 * @throws SproutError `GRAFANA_NOT_OURS` when a name is taken by somebody else's resource
 */
export async function plan(
  client: GrafanaClient,
  resources: readonly GrafanaResource[],
): Promise<Change[]> {
  const stored = await listKinds(client, resources);
  refuseForeign(resources, stored);
  const wanted = resources.flatMap((resource) => changeFor(resource, findStored(stored, resource)));
  return [...wanted, ...stored.filter((live) => isStale(live, resources)).map(removal)];
}

function refuseForeign(
  resources: readonly GrafanaResource[],
  stored: readonly StoredResource[],
): void {
  const foreign = resources.filter((resource) => {
    const live = findStored(stored, resource);
    return live !== undefined && !isOurs(live) && resource.kind !== 'Folder';
  });
  if (foreign.length === 0) return;
  const names = foreign.map(({ metadata }) => metadata.name).join(', ');
  throw new SproutError(
    'GRAFANA_NOT_OURS',
    `Grafana has these, but Sprout did not make: ${names}`,
    {
      hint: 'delete them in Grafana if they may go, for example if they were imported by hand',
    },
  );
}

function changeFor(resource: GrafanaResource, live: StoredResource | undefined): Change[] {
  const id = idOf(resource);
  if (live === undefined) {
    const { spec, metadata } = resource;
    const annotations = { ...metadata.annotations, ...lastAppliedAnnotation(spec) };
    const marked = { ...resource, metadata: { ...metadata, annotations } };
    return [{ action: 'create', id, differences: [], resource: marked }];
  }
  // A folder of somebody else's that has the name is good enough to lie in.
  if (!isOurs(live)) return [];
  const found = changesOf(live, resource);
  if (found.length === 0) return [];
  const { resourceVersion } = live.metadata;
  return [
    { action: 'update', id, differences: found, resource: onto(live, resource), resourceVersion },
  ];
}

/** What the code would change: the spec, and of the metadata only what the code itself sets. */
function changesOf(live: StoredResource, wanted: GrafanaResource): Difference[] {
  const sent = Object.keys(wanted.metadata.annotations ?? {});
  const own = isMarked(live) ? sent : sent.filter((key) => key === folderAnnotation);
  const current = pick(live.metadata.annotations, own);
  return [
    ...differences(current, pick(wanted.metadata.annotations, own), 'metadata.annotations'),
    ...differences(live.spec, wanted.spec, 'spec'),
  ];
}

const pick = (annotations: Readonly<Record<string, string>> = {}, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, annotations[key]]));

/** The wanted resource with the labels and annotations that others put on the stored one. */
function onto(live: StoredResource, { metadata, ...resource }: GrafanaResource): GrafanaResource {
  const annotations = {
    ...withoutLastApplied(live.metadata.annotations),
    ...metadata.annotations,
    ...lastAppliedAnnotation(resource.spec),
  };
  const labels = { ...live.metadata.labels, ...metadata.labels };
  return { ...resource, metadata: { ...metadata, labels, annotations } };
}

function isStale(live: StoredResource, resources: readonly GrafanaResource[]): boolean {
  return isOurs(live) && live.kind !== 'Folder' && findStored(resources, live) === undefined;
}

function removal(live: StoredResource): Change {
  const { resourceVersion } = live.metadata;
  return { action: 'delete', id: idOf(live), differences: [], resourceVersion };
}
