import { manager } from './resource.ts';
import type { GrafanaResource } from './resource.ts';

/** The annotation that says in which folder a resource lies. */
export const folderAnnotation = 'grafana.app/folder';

/** The folder that keeps our dashboards. */
export const folder: GrafanaResource = {
  apiVersion: 'folder.grafana.app/v1beta1',
  kind: 'Folder',
  metadata: { name: 'sprout', annotations: manager },
  spec: { title: 'Sprout' },
};

/** Puts resources into the folder; the folder comes first because Grafana asks for it to exist. */
export function inFolder(resources: readonly GrafanaResource[]): GrafanaResource[] {
  const placed = resources.map((resource) => ({
    ...resource,
    metadata: {
      ...resource.metadata,
      annotations: { ...resource.metadata.annotations, [folderAnnotation]: folder.metadata.name },
    },
  }));
  return [folder, ...placed];
}
