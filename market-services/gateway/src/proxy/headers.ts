import type { IncomingHttpHeaders } from 'node:http';
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

/** What a header holds; those that may come several times are lists. */
type HeaderValues = Record<string, string | string[]>;

/** The headers of the call to a service. */
export function upstreamHeaders(
  request: Request,
  prefix: string,
  identity: Identity | undefined,
): HeaderValues {
  const { host = '' } = request.headers;
  return {
    ...passedOn(request.headers, ownWords),
    'x-forwarded-for': request.ip ?? 'unknown',
    'x-forwarded-proto': request.protocol,
    'x-forwarded-prefix': prefix,
    ...(host !== '' && { 'x-forwarded-host': host }),
    ...(identity && {
      'x-market-subject': identity.subject,
      'x-market-roles': identity.roles.join(','),
    }),
  };
}

/** The headers of the answer to the caller; a path in `Location` gets the stripped prefix back. */
export function downstreamHeaders(upstream: IncomingHttpHeaders, prefix: string): HeaderValues {
  const headers = passedOn(upstream, nothing);
  const { location } = upstream;
  if (location?.startsWith('/')) headers['location'] = prefix + location;
  return headers;
}

const nothing: ReadonlySet<string> = new Set();

function passedOn(from: IncomingHttpHeaders, kept: ReadonlySet<string>): HeaderValues {
  const dropped = namedByConnection(from.connection);
  const headers: HeaderValues = {};
  for (const [name, value] of Object.entries(from)) {
    if (value === undefined || hopByHop.has(name) || kept.has(name) || dropped.has(name)) continue;
    headers[name] = value;
  }
  return headers;
}

function namedByConnection(connection: string | undefined): ReadonlySet<string> {
  if (connection === undefined || connection === 'keep-alive') return nothing;
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
}
