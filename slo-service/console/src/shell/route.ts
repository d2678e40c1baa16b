import { shortHref } from '../place/place.ts';
import { shortInstant } from '../place/range.ts';

/** The pages of the console and what their paths carry. */
export type Route =
  | { readonly page: ListPage | 'missing' }
  | { readonly page: ItemPage; readonly id: string };

/** Finds the page of a path; unknown paths are `missing`. */
export function routeOfPath(path: string): Route {
  const [first = '', second, ...rest] = path.split('/').filter(Boolean);
  if (rest.length > 0) return { page: 'missing' };
  if (second === undefined) return { page: listPages[first] ?? 'missing' };
  const page = first === 'dashboards' ? 'dashboard' : itemPages.find((name) => name === first);
  const id = decode(second);
  return page && id !== undefined ? { page, id } : { page: 'missing' };
}

/** Paths of pages, for links. */
export const paths = {
  objective: (id: string) => `/objective/${encodeURIComponent(id)}`,
  alert: (id: string) => `/alert/${encodeURIComponent(id)}`,
  report: (id: string, period?: Readonly<Record<string, string>>) =>
    `/report/${encodeURIComponent(id)}${period ? `?${new URLSearchParams(period).toString()}` : ''}`,
  whatIf: (id: string) => `/what-if/${encodeURIComponent(id)}`,
  draft: (from?: string) =>
    from === undefined ? '/what-if' : `/what-if?from=${encodeURIComponent(from)}`,
  exclude: (id: string, incident?: string) =>
    `/exclusions?${new URLSearchParams({ objective: id, ...(incident && { incident }) }).toString()}`,
  dashboard: (slug: string) => `/dashboards/${encodeURIComponent(slug)}`,
  trace: (id: string) => `/trace/${encodeURIComponent(id)}`,
  logs: (query: string, fromMs: number, toMs: number) =>
    shortHref(
      '/logs',
      new URLSearchParams({ query, from: shortInstant(fromMs), to: shortInstant(toMs) }),
    ),
};

type ListPage = 'now' | 'timeline' | 'reports' | 'exclusions' | 'draft' | 'logs' | 'dashboards';

const listPages: Readonly<Record<string, ListPage>> = {
  '': 'now',
  timeline: 'timeline',
  alerts: 'timeline',
  report: 'reports',
  exclusions: 'exclusions',
  'what-if': 'draft',
  logs: 'logs',
  dashboards: 'dashboards',
};
const itemPages = ['objective', 'alert', 'trace', 'report', 'what-if'] as const;
type ItemPage = (typeof itemPages)[number] | 'dashboard';

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
