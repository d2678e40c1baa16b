import { isIP } from 'node:net';
import { z } from 'zod';
import { endpointSchema } from './endpoint.ts';

/** An address or a block of addresses in CIDR notation, IPv4 or IPv6. */
const addressBlockSchema = z.string().refine(isAddressBlock, {
  error: (issue) => `"${String(issue.input)}" is neither an IP address nor a CIDR block`,
});

/** So many requests a second on average, and so many at once after a pause. */
const rateSchema = z.object({
  perSecond: z.number().positive(),
  burst: z.number().int().positive(),
});

/** Who may come through the gateway, and how often. Secrets are not part of it. */
export const marketAccessSchema = z.object({
  /** The OpenID Connect issuer. */
  issuer: endpointSchema,
  clientId: z.string(),
  /** What `aud` of an access token must name. */
  audience: z.string(),
  /** The claim that lists a person's or a program's roles. */
  rolesClaim: z.string(),
  /** Where people reach the gateway, when it is not where it listens. */
  publicUrl: z.string().optional(),
  session: z.object({
    idleSeconds: z.number().int().positive(),
    maxSeconds: z.number().int().positive(),
  }),
  addresses: z.object({
    /** Empty lets everybody in whom `deny` does not name. */
    allow: z.array(addressBlockSchema),
    deny: z.array(addressBlockSchema),
    /** Whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. */
    trustedProxies: z.array(addressBlockSchema),
  }),
  rateLimits: z.object({
    /** Of a person, a program or, without an identity, an address. */
    each: rateSchema,
    /** Of single programs, by client id. */
    clients: z.record(z.string(), rateSchema),
  }),
});

export type MarketAccess = z.infer<typeof marketAccessSchema>;

export const defaultAccess: MarketAccess = {
  issuer: { process: 'identity', listener: 'http' },
  clientId: 'gateway',
  audience: 'market',
  rolesClaim: 'roles',
  session: { idleSeconds: 1_800, maxSeconds: 28_800 },
  addresses: { allow: [], deny: [], trustedProxies: [] },
  rateLimits: {
    each: { perSecond: 100, burst: 500 },
    // The load generator stands for thousands of visitors.
    clients: { load: { perSecond: 5_000, burst: 10_000 } },
  },
};

function isAddressBlock(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}
