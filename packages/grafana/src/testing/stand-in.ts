import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
export {
  alertRuleSpec,
  provisioningBodies,
  provisioningGroupBody,
  receiverSpec,
  routingTreeSpec,
} from '../alerting/schema.ts';
import { FolderPermissions } from './folder-permissions.ts';
import { ResourceStore, StatusError } from './resource-store.ts';
import { Silences } from './silences.ts';

/** A Grafana for tests: the resource API on a real socket, as its documentation describes it. */
export interface StandIn {
  readonly url: string;
  readonly token: string;
  readonly store: ResourceStore;
  readonly permissions: FolderPermissions;
  readonly silences: Silences;
  /** Requests so far, as `METHOD /path`. */
  readonly requests: readonly string[];
  /** Bodies so far, as they came. */
  readonly bodies: readonly string[];
  /** Answers the next request with this instead. */
  failNext(status: number, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

const bodyBytesMax = 4 * 1024 * 1024;
const pathPattern =
  /^\/apis\/([^/]+\/[^/]+)\/namespaces\/default\/(folders|dashboards|alertrules|recordingrules|receivers|timeintervals|inhibitionrules|routingtrees|templategroups)(?:\/(.+))?$/;

/** Starts it on a free port of loopback. */
export async function startStandIn(): Promise<StandIn> {
  const store = new ResourceStore();
  const permissions = new FolderPermissions(store);
  const silences = new Silences();
  const token = 'glsa_stand-in';
  const requests: string[] = [];
  const bodies: string[] = [];
  const failures: { status: number; headers: Readonly<Record<string, string>> }[] = [];
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const failure = failures.shift();
    try {
      if (failure !== undefined) {
        for (const [name, value] of Object.entries(failure.headers))
          response.setHeader(name, value);
        throw new StatusError(failure.status, 'as the test asked');
      }
      if (request.headers.authorization !== `Bearer ${token}`)
        throw new StatusError(401, 'Unauthorized');
      const [status, answer] = await route({ store, permissions, silences, bodies }, request);
      send(response, status, answer);
    } catch (error) {
      const status = error instanceof StatusError ? error.status : 500;
      send(response, status, { kind: 'Status', status: 'Failure', message: String(error) });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: urlOf(server),
    token,
    store,
    permissions,
    silences,
    requests,
    bodies,
    failNext: (status, headers = {}) => void failures.push({ status, headers }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function urlOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  return `http://127.0.0.1:${address.port}`;
}

interface Parts {
  readonly store: ResourceStore;
  readonly permissions: FolderPermissions;
  readonly silences: Silences;
  readonly bodies: string[];
}

async function route(
  { store, permissions, silences, bodies }: Parts,
  request: IncomingMessage,
): Promise<[number, unknown]> {
  const url = new URL(request.url ?? '/', 'http://stand-in');
  if (url.pathname.startsWith('/api/')) {
    const sent = parsed(await textOf(request));
    const silenced = silences.answer(request.method ?? '', url, sent);
    if (silenced !== undefined) return silenced;
    const answer = permissions.answer(request.method ?? '', url, sent);
    if (answer !== undefined) return [200, answer];
  }
  const [, apiVersion, plural, encoded] = pathPattern.exec(url.pathname) ?? [];
  if (apiVersion === undefined || plural === undefined)
    throw new StatusError(404, 'the server could not find the requested resource');
  const name = encoded === undefined ? undefined : decodeURIComponent(encoded);
  const text = await textOf(request);
  bodies.push(text);
  const body = parsed(text);
  if (request.method === 'GET' && name === undefined)
    return [200, store.list(plural, Number(url.searchParams.get('limit')), url.searchParams)];
  if (request.method === 'POST' && name === undefined)
    return [201, store.create(plural, apiVersion, body)];
  if (request.method === 'PUT' && name !== undefined)
    return [200, store.replace(plural, name, body)];
  if (request.method === 'DELETE' && name !== undefined)
    return [200, store.remove(plural, name, body)];
  throw new StatusError(405, 'method not allowed');
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > bodyBytesMax) throw new StatusError(413, 'too large');
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new StatusError(400, `invalid JSON: ${String(cause)}`);
  }
}

function send(response: ServerResponse, status: number, answer: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer));
}
