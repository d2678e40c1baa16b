import { signal } from '@preact/signals';

/** Where the reader is: the path and everything that is chosen on the page. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The present place. The URL is the only copy of what is chosen, so every view can be shared. */
export const place = signal<Place>(readPlace());

/** Goes to another page; `tz` travels along, so that a shared link shows the same times. */
export function goTo(href: string): void {
  const url = new URL(href, window.location.origin);
  const zone = place.peek().query.get('tz');
  if (zone !== null && !url.searchParams.has('tz')) url.searchParams.set('tz', zone);
  window.history.pushState(null, '', shortHref(url.pathname, url.searchParams));
  place.value = readPlace();
  window.scrollTo(0, 0);
}

/** Changes what is chosen on this page; null removes. `push` makes the Back button undo it. */
export function changeQuery(
  changes: Readonly<Record<string, string | null>>,
  how: 'replace' | 'push' = 'replace',
): void {
  const query = changedQuery(place.peek().query, changes);
  const href = shortHref(window.location.pathname, query);
  if (href === shortHref(window.location.pathname, place.peek().query)) return;
  if (how === 'push') window.history.pushState(null, '', href);
  else window.history.replaceState(null, '', href);
  place.value = readPlace();
}

/** The query after some changes; empty values are left out, so URLs stay short. */
export function changedQuery(
  query: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(key);
    else next.set(key, value);
  }
  return next;
}

/** Path and query, with the characters readable that a query may hold as they are. */
export function shortHref(path: string, query: URLSearchParams): string {
  const text = query
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%2F', '/')
    .replaceAll('%3D', '=')
    .replaceAll('%21', '!')
    .replaceAll('%7E', '~');
  return text === '' ? path : `${path}?${text}`;
}

/** Follows Back and Forward, and turns clicks on own links into page changes; call once. */
export function followPlace(): void {
  window.addEventListener('popstate', () => (place.value = readPlace()));
  document.addEventListener('click', (event) => {
    const href = ownLink(event);
    if (href === undefined) return;
    event.preventDefault();
    goTo(href);
  });
}

const serverPaths = [
  '/api/',
  '/telemetry/',
  '/docs',
  '/openapi.json',
  '/metrics',
  '/runbooks/',
  '/login',
  '/auth/',
  '/status',
];

function ownLink(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (
    !link ||
    link.target !== '' ||
    link.hasAttribute('download') ||
    link.origin !== window.location.origin
  )
    return undefined;
  if (link.hash !== '' && link.pathname === window.location.pathname) return undefined;
  if (serverPaths.some((path) => link.pathname.startsWith(path))) return undefined;
  return link.pathname + link.search;
}

function readPlace(): Place {
  if (typeof window === 'undefined') return { path: '/', query: new URLSearchParams() };
  return { path: window.location.pathname, query: new URLSearchParams(window.location.search) };
}
