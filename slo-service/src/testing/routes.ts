import type { Express } from 'express';

/** `METHOD /path` of every route of an app, parameters as `:id`; patterns as they are written. */
export function routesOf(app: Express): string[] {
  return [...new Set(layersOf(app.router).flatMap((layer) => routesBelow(layer, '')))];
}

/** What Express' router keeps of a route, or of a router that is mounted; its types do not say. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: unknown;
  readonly rawPath: unknown;
}

function routesBelow({ route, handle, rawPath }: Layer, mount: string): string[] {
  return pathsOf(rawPath).flatMap((path) => {
    const whole = path === '/' ? mount : mount + path;
    if (route === undefined) return layersOf(handle).flatMap((one) => routesBelow(one, whole));
    const methods = Object.keys(route.methods).map((method) => method.toUpperCase());
    return methods.map((method) => `${method} ${whole.replace(/:\w+/g, ':id')}`);
  });
}

const pathsOf = (rawPath: unknown): string[] => [rawPath].flat().map(String);

function layersOf(router: unknown): readonly Layer[] {
  const isRouter = typeof router === 'function' && 'stack' in router;
  return isRouter && Array.isArray(router.stack) ? router.stack.filter(isLayer) : [];
}

const isLayer = (value: unknown): value is Layer =>
  typeof value === 'object' && value !== null && 'handle' in value && 'rawPath' in value;
