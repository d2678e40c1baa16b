import { routes } from './signals.ts';
import type { Route } from './signals.ts';

/** Where a request goes. */
export interface Destination {
  readonly route: Route;
  /** What was stripped, for example `/order`. */
  readonly prefix: string;
  /** What is left of the path, with the query. */
  readonly path: string;
}

/** What is passed on. */
export const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The destination of `/<route>/**`, or undefined when no route takes the request. */
export function destinationOf(method: string, url: string): Destination | undefined {
  const found = /^\/([a-z]+)(\/[^?]*)?(\?.*)?$/.exec(url);
  const route = routes.find((name) => name === found?.[1]);
  if (route === undefined || !methods.includes(method)) return undefined;
  return { route, prefix: `/${route}`, path: `${found?.[2] ?? '/'}${found?.[3] ?? ''}` };
}
