import type { Request } from 'express';
import { roles } from '@sprout/process';
import type { Role } from '@sprout/process';

/** Who is calling, as far as it was shown. */
export interface Identity {
  /** For example `key:ci` or `ana@example.com`; records and the audit log name it. */
  readonly name: string;
  readonly role: Role;
  /** How it was shown: nothing is asked on an open installation. */
  readonly by: 'open' | 'key' | 'session' | 'token' | 'webhook';
}

/** Everybody, where no access is configured. */
export const everybody: Identity = { name: 'local', role: 'admin', by: 'open' };

/** True when a role may do what another may. */
export const allows = (has: Role, needed: Role): boolean =>
  roles.indexOf(has) >= roles.indexOf(needed);

const identities = new WeakMap<Request, Identity>();

/** Remembers who sent a request. */
export function identify(request: Request, identity: Identity): void {
  identities.set(request, identity);
}

/** Who sent a request; undefined for callers that showed nothing. */
export const identityOf = (request: Request): Identity | undefined => identities.get(request);
