import { manager } from '../resource.ts';
import type { GrafanaResource } from '../resource.ts';

/** Who may do what in a folder: a team by its name, or everybody of a role. */
export type FolderGrant =
  | { readonly team: string; readonly may: May }
  | { readonly role: 'Viewer' | 'Editor'; readonly may: May };

export type May = 'view' | 'edit' | 'admin';

/** Grafana keeps permissions outside of its resource API; plan, apply and drift see them as one. */
export const permissionKind = { apiVersion: 'legacy/v1', kind: 'FolderPermission' } as const;

/** The permissions of folders as resources, one for each folder that is named. */
export function folderPermissions(
  folders: Readonly<Record<string, readonly FolderGrant[]>>,
): GrafanaResource[] {
  return Object.entries(folders).map(([name, grants]) => ({
    ...permissionKind,
    metadata: { name, annotations: manager },
    spec: permissionSpec(grants.map((grant) => [grantee(grant), grant.may])),
  }));
}

/** By who it is granted to, so that their order says nothing. */
export const permissionSpec = (grants: readonly (readonly [string, string])[]) => ({
  grants: Object.fromEntries(grants.toSorted(([a], [b]) => (a < b ? -1 : 1))),
});

const grantee = (grant: FolderGrant): string =>
  'team' in grant ? `team ${grant.team}` : `role ${grant.role}`;
