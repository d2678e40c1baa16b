import type { Role } from '../../../src/roles.ts';

/** Somebody whom the gateway knows. */
export interface Identity {
  /** A person's or a program's id at the issuer; no name and no address. */
  readonly subject: string;
  readonly roles: readonly Role[];
  /** How they said who they are. */
  readonly by: 'session' | 'token';
}
