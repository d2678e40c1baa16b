import { z } from 'zod';
import { StatusError } from './resource-store.ts';
import type { ResourceStore } from './resource-store.ts';

const grant = z.object({
  teamId: z.number().optional(),
  role: z.string().optional(),
  permission: z.union([z.literal(1), z.literal(2), z.literal(4)]),
});
type Grant = z.infer<typeof grant>;

const pathPattern = /^\/api\/folders\/([\w-]+)\/permissions$/;

/** Who may do what in which folder: Grafana's folder permission and team search APIs. */
export class FolderPermissions {
  readonly teams = new Map<string, number>();
  readonly #byFolder = new Map<string, readonly Grant[]>();
  readonly #store: ResourceStore;

  constructor(store: ResourceStore) {
    this.#store = store;
  }

  /** The answer to a request; undefined when it is for another API. */
  answer(method: string, url: URL, body: unknown): unknown {
    if (url.pathname === '/api/teams/search') {
      const name = url.searchParams.get('name') ?? '';
      const id = this.teams.get(name);
      return { totalCount: 1, teams: id === undefined ? [] : [{ id, name, orgId: 1 }] };
    }
    const folder = pathPattern.exec(url.pathname)?.[1];
    if (folder === undefined) return undefined;
    this.#store.get('folders', folder);
    if (method === 'POST')
      return this.set(folder, z.object({ items: z.array(grant) }).parse(body).items);
    return this.#items(folder);
  }

  /** Replaces all, as the API does and a person may. */
  set(folder: string, items: readonly Grant[]): unknown {
    const known = new Set(this.teams.values());
    const lost = items.find(({ teamId }) => teamId !== undefined && !known.has(teamId));
    if (lost !== undefined) throw new StatusError(400, 'team not found');
    this.#byFolder.set(folder, items);
    return { message: 'Folder permissions updated' };
  }

  /** A new folder belongs to who made it, and to everybody by the role; parents are inherited. */
  #items(folder: string): unknown[] {
    const made: readonly Grant[] = [
      { role: 'Editor', permission: 2 },
      { role: 'Viewer', permission: 1 },
    ];
    const names = new Map([...this.teams].map(([name, id]) => [id, name]));
    const own = (this.#byFolder.get(folder) ?? made).map(({ teamId, role, permission }) => ({
      uid: folder,
      userId: 0,
      userLogin: '',
      teamId: teamId ?? 0,
      team: names.get(teamId ?? 0) ?? '',
      role: role ?? '',
      permission,
      inherited: false,
    }));
    return [...own, { uid: 'general', role: 'Admin', permission: 4, inherited: true }];
  }
}
