import type { Request } from 'express';
import type { Identity } from '../access/identity.ts';

/** Headers that belong to one connection (RFC 9110, 7.6.1) and are not passed on. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What the gateway says itself; a caller's own words on it are not believed. */
const ownWords = new Set([
  'expect',
  'host',
  'content-length',
  'accept-encoding',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-prefix',
  'x-forwarded-port',
  'x-real-ip',
  // Who somebody is, the gateway finds out; how they proved it is no service's business.
  'authorization',
  'cookie',
  'x-market-subject',
  'x-market-roles',
]);

/** The headers of the call to a service. */
export function upstreamHeaders(
  request: Request,
  prefix: string,
  identity: Identity | undefined,
): Headers {
  const dropped = namedByConnection(request.headers.connection);
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || hopByHop.has(name) || ownWords.has(name) || dropped.has(name)) {
      continue;
    }
    for (const one of [value].flat()) headers.append(name, one);
  }
  // Services answer plain; what fetch would unpack could not be passed on as it came.
  headers.set('accept-encoding', 'identity');
  headers.set('x-forwarded-for', request.ip ?? 'unknown');
  headers.set('x-forwarded-proto', request.protocol);
  headers.set('x-forwarded-prefix', prefix);
  if (request.headers.host !== undefined) headers.set('x-forwarded-host', request.headers.host);
  if (identity !== undefined) {
    headers.set('x-market-subject', identity.subject);
    headers.set('x-market-roles', identity.roles.join(','));
  }
  return headers;
}

/** The headers of the answer to the caller; a path in `Location` gets the stripped prefix back. */
export function downstreamHeaders(upstream: Headers, prefix: string): Map<string, string[]> {
  const dropped = namedByConnection(upstream.get('connection') ?? undefined);
  const headers = new Map<string, string[]>();
  for (const [name, value] of upstream) {
    if (hopByHop.has(name) || dropped.has(name) || name === 'set-cookie') continue;
    headers.set(name, [name === 'location' && value.startsWith('/') ? prefix + value : value]);
  }
  // Fetch has unpacked the body, so its length and coding are no longer those of the header.
  if (headers.delete('content-encoding')) headers.delete('content-length');
  const cookies = upstream.getSetCookie();
  if (cookies.length > 0) headers.set('set-cookie', cookies);
  return headers;
}

function namedByConnection(connection: string | undefined): ReadonlySet<string> {
  return new Set((connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
}
