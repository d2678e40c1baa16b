import type { IncomingMessage } from 'node:http';
import { onTracing } from './subscriptions.ts';
import type { Unsubscribe } from './subscriptions.ts';

interface ExpressRequest extends IncomingMessage {
  readonly baseUrl: string;
  readonly route?: { readonly stack: readonly unknown[] };
}

/** What express' router says before it calls a middleware or a handler. */
interface RouterEvent {
  readonly req: ExpressRequest;
  readonly layer: unknown;
  /** The path pattern that matched. */
  readonly route?: string | RegExp;
  readonly errorHandler?: boolean;
}

interface Seen {
  /** Pattern of the last route handler that was called, mounts included. */
  route?: string;
  /** Pattern of the last middleware that was mounted below a path. */
  mount?: string;
  /** Real base URL → its pattern, for mounts with parameters. */
  patterns?: Map<string, string>;
}

const seenKey = Symbol('sprout.route');

interface Noted extends IncomingMessage {
  [seenKey]?: Seen;
}

/**
 * Notes the route of each request that express handles. The route is read when the handler is
 * called: after an error `req.baseUrl` no longer tells where the router was mounted.
 */
export function watchRoutes(): Unsubscribe {
  return onTracing('express.router.request', {
    start(message) {
      const event = message as RouterEvent;
      if (event.errorHandler === true) return;
      const { req, layer } = event;
      if (req.route?.stack.includes(layer) === true) {
        const seen = seenOf(req);
        seen.route = joinPath(patternOf(seen, req.baseUrl), event.route);
      } else if (req.baseUrl !== '') {
        noteMount(event);
      }
    },
  });
}

/**
 * The pattern of the route that handled the request, `/products/:id`; the path of the mounted
 * middleware that answered in place of a route; undefined when nothing matched.
 */
export function routeOf(request: Noted, status: number): string | undefined {
  const seen = request[seenKey];
  return seen?.route ?? (status === 404 ? undefined : seen?.mount);
}

function noteMount({ req, route }: RouterEvent): void {
  const seen = seenOf(req);
  if (typeof route === 'string' && route.includes(':')) {
    const depth = route.split('/').filter(Boolean).length;
    const parent = req.baseUrl.split('/').slice(0, -depth).join('/');
    seen.patterns ??= new Map();
    seen.patterns.set(req.baseUrl, joinPath(patternOf(seen, parent), route));
  }
  seen.mount = patternOf(seen, req.baseUrl);
}

/** Mounts below a parameterised mount inherit its pattern. */
function patternOf(seen: Seen, base: string): string {
  if (seen.patterns === undefined) return base;
  let longest = '';
  for (const real of seen.patterns.keys()) {
    if (base.startsWith(real) && real.length > longest.length) longest = real;
  }
  return (seen.patterns.get(longest) ?? '') + base.slice(longest.length);
}

function joinPath(base: string, route: string | RegExp | undefined): string {
  const path = String(route ?? '');
  if (path === '/' || path === '') return base === '' ? '/' : base;
  return base + path;
}

function seenOf(request: Noted): Seen {
  return (request[seenKey] ??= {});
}
