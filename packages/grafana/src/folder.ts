import type { DashboardModel } from './model/model.ts';
import { manager } from './resource.ts';
import type { GrafanaResource } from './resource.ts';
import { dashboardManifest } from './v2/dashboard.ts';

/** The annotation that says in which folder a resource lies. */
export const folderAnnotation = 'grafana.app/folder';

/** The folder that keeps our dashboards. */
export const folder: GrafanaResource = {
  apiVersion: 'folder.grafana.app/v1beta1',
  kind: 'Folder',
  metadata: { name: 'sprout', annotations: manager },
  spec: { title: 'Sprout' },
};

/** A folder inside ours. */
export interface FolderModel {
  /** Name in URLs; dashboards name it as their `folder`. */
  readonly name: string;
  readonly title: string;
}

/**
 * The dashboards as resources, each in its folder, and the folders inside ours that have any. A
 * folder comes before what lies in it because Grafana asks for it to exist.
 */
export function inFolders(
  models: readonly DashboardModel[],
  folders: readonly FolderModel[],
): GrafanaResource[] {
  const used = folders.filter(({ name }) => models.some((model) => model.folder === name));
  return [
    folder,
    ...used.map(({ name, title }) => placed(subfolder(name, title), folder.metadata.name)),
    ...models.map((model) => placed(dashboardManifest(model), model.folder)),
  ];
}

/** Puts resources into the folder; the folder comes first because Grafana asks for it to exist. */
export function inFolder(resources: readonly GrafanaResource[]): GrafanaResource[] {
  return [folder, ...resources.map((resource) => placed(resource, folder.metadata.name))];
}

const subfolder = (name: string, title: string): GrafanaResource => ({
  ...folder,
  metadata: { ...folder.metadata, name },
  spec: { title },
});

const placed = (resource: GrafanaResource, into: string): GrafanaResource => ({
  ...resource,
  metadata: {
    ...resource.metadata,
    annotations: { ...resource.metadata.annotations, [folderAnnotation]: into },
  },
});
