import type { MarketAccess } from '@sprout/process';
import { allowInsecureRequests, discovery } from 'openid-client';
import type { Configuration } from 'openid-client';

/** What the issuer says about itself; rejects while it cannot be reached. */
export type Issuer = () => Promise<Configuration>;

export interface IssuerParts {
  readonly access: Pick<MarketAccess, 'clientId'>;
  /** Where it is now; undefined while nobody has published it. */
  readonly url: () => string | undefined;
  readonly clientSecret: () => string;
}

const timeoutSeconds = 5;

/** Reads the issuer's metadata when they are first needed, and again when it has moved. */
export function createIssuer({ access, url, clientSecret }: IssuerParts): Issuer {
  const known = new Map<string, Promise<Configuration>>();
  const read = (base: string) =>
    discovery(new URL(base), access.clientId, clientSecret(), undefined, {
      timeout: timeoutSeconds,
      // Plain HTTP is for the provider on this machine only.
      execute: isLoopback(base) ? [allowInsecureRequests] : [],
    });
  return async () => {
    const base = url();
    if (base === undefined) throw new Error('no identity provider has published its address');
    const reading = known.get(base) ?? read(base);
    known.set(base, reading);
    try {
      return await reading;
    } catch (error) {
      known.delete(base);
      throw error;
    }
  };
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
