import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** A request with its parsed address and the values of its path's `{names}`. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
}

/** One address; `{name}` in the path stands for one segment. A rejection is `onError`'s. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  handle(call: Call): Promise<void> | void;
}

/** Finds the route of each request; 404 and 405 are answered here, in plain text. */
export function router(
  routes: readonly Route[],
  onError: (error: unknown, call: Call) => void,
): RequestListener {
  const compiled = routes.map((route) => ({ route, segments: route.path.split('/') }));
  return (request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (url === null) return refuse(response, 404, `${request.method} ${request.url}`);
    const segments = url.pathname.split('/');
    const matching = compiled.filter(({ segments: wanted }) => fits(wanted, segments));
    const found = matching.find(({ route }) => route.method === methodOf(request));
    if (found === undefined) {
      refuse(response, matching.length > 0 ? 405 : 404, `${request.method} ${url.pathname}`);
      return;
    }
    const params = paramsOf(found.segments, segments);
    const call: Call = { request, response, url, params };
    void run(found.route, call).catch((error: unknown) => onError(error, call));
  };
}

async function run(route: Route, call: Call): Promise<void> {
  await route.handle(call);
}

function methodOf(request: IncomingMessage): string {
  return request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
}

function fits(wanted: readonly string[], given: readonly string[]): boolean {
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => segment.startsWith('{') || segment === given[index])
  );
}

function paramsOf(wanted: readonly string[], given: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = decode(given[index] ?? '');
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A lone percent sign is taken literally.
    return segment;
  }
}

function refuse(response: ServerResponse, status: 404 | 405, what: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(status === 404 ? `there is no ${what}\n` : `${what} takes another method\n`);
}
