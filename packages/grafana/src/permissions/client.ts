import { SproutError } from '@sprout/process';
import { z } from 'zod';
import type { GrafanaClient } from '../client/client.ts';
import type { Requester } from '../client/request.ts';
import { manager } from '../resource.ts';
import type { GrafanaResource, StoredResource } from '../resource.ts';
import { permissionKind, permissionSpec } from './resource.ts';

/** Grafana's numbers (https://grafana.com/docs/grafana/latest/developers/http_api/folder_permissions/). */
const levels = { view: 1, edit: 2, admin: 4 } as const;

const item = z.looseObject({
  teamId: z.number().optional(),
  team: z.string().optional(),
  userLogin: z.string().optional(),
  role: z.string().optional(),
  permission: z.number(),
  inherited: z.boolean().optional(),
});
const foundTeams = z.object({ teams: z.array(z.object({ id: z.number(), name: z.string() })) });
const wantedSpec = z.object({ grants: z.record(z.string(), z.enum(['view', 'edit', 'admin'])) });

/** Folder permissions through their own API, in the shape of the resource API. */
export function permissionClient(request: Requester, folders: readonly string[]): GrafanaClient {
  const set = async ({ metadata, spec }: GrafanaResource): Promise<StoredResource> => {
    const items = [];
    for (const [grantee, may] of Object.entries(wantedSpec.parse(spec).grants)) {
      items.push({ ...(await receiverOf(request, grantee)), permission: levels[may] });
    }
    await request('POST', pathOf(metadata.name), z.unknown(), { items });
    return storedAs(metadata.name, await request('GET', pathOf(metadata.name), z.array(item)));
  };
  return {
    list: async () => {
      const found = await Promise.all(folders.map((name) => read(request, name)));
      return found.flat();
    },
    create: set,
    replace: set,
    remove: () => Promise.resolve(),
  };
}

/** Nothing for a folder that is not there yet. */
async function read(request: Requester, name: string): Promise<StoredResource[]> {
  try {
    return [storedAs(name, await request('GET', pathOf(name), z.array(item)))];
  } catch (error) {
    if (error instanceof SproutError && error.code === 'GRAFANA_NOT_FOUND') return [];
    throw error;
  }
}

/** What a folder has of its own; what it inherits is its parent's. */
function storedAs(name: string, items: readonly z.infer<typeof item>[]): StoredResource {
  const own = items.filter(({ inherited }) => inherited !== true);
  return {
    ...permissionKind,
    metadata: { name, annotations: manager, resourceVersion: '' },
    spec: permissionSpec(own.map((one) => [granteeOf(one), mayOf(one.permission)])),
  };
}

const granteeOf = ({ team, role, userLogin }: z.infer<typeof item>): string => {
  if (team) return `team ${team}`;
  return role ? `role ${role}` : `user ${userLogin ?? ''}`;
};

const mayOf = (permission: number): string =>
  Object.entries(levels).find(([, level]) => level === permission)?.[0] ?? String(permission);

async function receiverOf(request: Requester, grantee: string): Promise<object> {
  const [kind, ...words] = grantee.split(' ');
  const name = words.join(' ');
  if (kind === 'role') return { role: name };
  const path = `/api/teams/search?name=${encodeURIComponent(name)}`;
  const { teams } = await request('GET', path, foundTeams);
  const team = teams.find((one) => one.name === name);
  if (team !== undefined) return { teamId: team.id };
  throw new SproutError('GRAFANA_TEAM_UNKNOWN', `Grafana has no team "${name}"`, {
    hint: 'make the team in Grafana, or correct grafana.folders in sprout.config.ts',
  });
}

const pathOf = (folder: string): string => `/api/folders/${folder}/permissions`;
