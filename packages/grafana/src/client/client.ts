import { SproutError } from '@sprout/process';
import { z } from 'zod';
import type { GrafanaResource, ResourceId, ResourceKind, StoredResource } from '../resource.ts';
import { unreadable } from './failure.ts';
import { permissionClient } from '../permissions/client.ts';
import { permissionKind } from '../permissions/resource.ts';
import { createRequester } from './request.ts';
import type { Requester } from './request.ts';

/** What plan, apply and drift need of a Grafana: its resource API. */
export interface GrafanaClient {
  /** Every resource of a kind, whoever made it, with Grafana's own defaults in it. */
  list(kind: ResourceKind): Promise<readonly StoredResource[]>;
  /** Rejects with `GRAFANA_CONFLICT` when the name is taken. */
  create(resource: GrafanaResource): Promise<StoredResource>;
  /** Rejects with `GRAFANA_CONFLICT` when somebody changed it since that version. */
  replace(resource: GrafanaResource, resourceVersion: string): Promise<StoredResource>;
  /** Rejects with `GRAFANA_CONFLICT` when somebody changed it since that version. */
  remove(id: ResourceId, resourceVersion: string): Promise<void>;
}

/** Where a Grafana is and how to talk to it; what is missing comes from the environment. */
export interface GrafanaOptions {
  /** `GRAFANA_URL`, for example `https://example.grafana.net`; a path before `/apis` is kept. */
  readonly url?: string | undefined;
  /** `GRAFANA_TOKEN`: of a service account. Sent as a bearer token, never printed. */
  readonly token?: string | undefined;
  /** `GRAFANA_NAMESPACE`: `default`, `org-<id>` or, in Grafana Cloud, `stacks-<id>`. */
  readonly namespace?: string | undefined;
  /** Folders whose permissions are ours; those of others are not looked at. */
  readonly permittedFolders?: readonly string[];
  readonly timeoutMs?: number;
  /** The longest a `Retry-After` is waited for. */
  readonly retryAfterMsMax?: number;
}

const pageItems = 50;
const pagesMax = 200;

const stored: z.ZodType<StoredResource> = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    resourceVersion: z.string(),
    labels: z.record(z.string(), z.string()).exactOptional(),
    annotations: z.record(z.string(), z.string()).exactOptional(),
  }),
  spec: z.unknown(),
});
const page = z.object({
  metadata: z.object({ continue: z.string().optional() }).optional(),
  // Items of a list may leave out what the list already says.
  items: z.array(z.looseObject({})).nullable(),
});

/**
 * A client of Grafana's resource API (`/apis`, Grafana 12 and later).
 *
 * @throws SproutError `GRAFANA_UNCONFIGURED` without a URL or a token
 */
export function createGrafanaClient(
  options: GrafanaOptions = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): GrafanaClient {
  const url = options.url ?? environment['GRAFANA_URL'];
  const token = (options.token ?? environment['GRAFANA_TOKEN'])?.trim();
  if (!isUsableUrl(url) || !isUsableToken(token)) {
    const missing = isUsableUrl(url) ? 'GRAFANA_TOKEN' : 'GRAFANA_URL';
    throw new SproutError('GRAFANA_UNCONFIGURED', `${missing} is missing or not usable`, {
      hint: 'export GRAFANA_URL=https://… GRAFANA_TOKEN=<token of a service account>',
    });
  }
  const namespace = options.namespace ?? environment['GRAFANA_NAMESPACE'] ?? 'default';
  const request = createRequester({ ...options, url, token });
  const pathOf = (kind: ResourceKind, name?: string): string =>
    [
      `/apis/${kind.apiVersion}/namespaces/${encodeURIComponent(namespace)}`,
      `${kind.kind.toLowerCase()}s`,
      ...(name === undefined ? [] : [encodeURIComponent(name)]),
    ].join('/');
  const permissions = permissionClient(request, options.permittedFolders ?? []);
  const resources: GrafanaClient = {
    list: (kind) => listAll(request, kind, pathOf(kind)),
    create: (resource) => request('POST', pathOf(resource), stored, resource),
    replace: (resource, resourceVersion) =>
      request('PUT', pathOf(resource, resource.metadata.name), stored, {
        ...resource,
        metadata: { ...resource.metadata, resourceVersion },
      }),
    remove: async (id, resourceVersion) => {
      await request('DELETE', pathOf(id, id.name), z.unknown(), {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        preconditions: { resourceVersion },
      });
    },
  };
  const of = ({ kind }: ResourceKind) => (kind === permissionKind.kind ? permissions : resources);
  return {
    list: (kind) => of(kind).list(kind),
    create: (resource) => of(resource).create(resource),
    replace: (resource, version) => of(resource).replace(resource, version),
    remove: (id, version) => of(id).remove(id, version),
  };
}

/** A URL with a password in it would reach the messages of fetch. */
function isUsableUrl(url: string | undefined): url is string {
  const parsed = URL.parse(url ?? '');
  return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === '';
}

/** What cannot stand in a header would be quoted in the message of fetch, and so be printed. */
function isUsableToken(token: string | undefined): token is string {
  return token !== undefined && /^[\x21-\x7e]+$/.test(token);
}

async function listAll(
  request: Requester,
  kind: ResourceKind,
  path: string,
): Promise<StoredResource[]> {
  const found: StoredResource[] = [];
  let next = '';
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const query = new URLSearchParams({ limit: String(pageItems), continue: next });
    if (next === '') query.delete('continue');
    const listed = await request('GET', `${path}?${query}`, page);
    const { apiVersion, kind: name } = kind;
    const whole = (listed.items ?? []).map((item) => ({ apiVersion, kind: name, ...item }));
    const read = z.array(stored).safeParse(whole);
    if (!read.success) throw unreadable(`GET ${path}`, z.prettifyError(read.error), read.error);
    found.push(...read.data);
    next = listed.metadata?.continue ?? '';
    if (next === '') return found;
  }
  throw new SproutError(
    'GRAFANA_LIST_TOO_LONG',
    `Grafana lists more than ${pagesMax * pageItems} resources of kind ${kind.kind}`,
    { hint: 'use an organization of its own for what is managed as code' },
  );
}
