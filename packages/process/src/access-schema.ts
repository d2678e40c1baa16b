import { resolve } from 'node:path';
import { z } from 'zod';

/** What a caller may do: read, write records, or also manage keys and read the audit log. */
export const roles = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Keys that may be known at a time. */
export const accessKeysMax = 1000;

/** A key by its hash; the key itself is shown once, when it is made. */
export const accessKeySchema = z.object({
  id: z.string().regex(/^[0-9a-f]{8}$/, 'an id has 8 hexadecimal digits'),
  name: z.string().trim().min(1).max(100),
  role: z.enum(roles),
  /** SHA-256 of the whole key, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'write the SHA-256 in 64 hexadecimal digits'),
  createdAt: z.iso.datetime().optional(),
});
export type AccessKey = z.infer<typeof accessKeySchema>;

const oidcSchema = z.object({
  /** Its discovery document is read; `https`, or `http` on loopback. */
  issuer: z.string().refine(isSafeIssuer, 'write an https address (http only on loopback)'),
  clientId: z.string().min(1),
  /** File that holds the client's secret; without one the client is public and uses PKCE alone. */
  clientSecretFile: z.string().optional(),
  /** `aud` of bearer tokens; the client's id unless given. */
  audience: z.string().optional(),
  scope: z.string().default('openid profile email'),
  /** Claim that holds the roles, with dots for what is nested: `realm_access.roles`. */
  roleClaim: z.string().default('roles'),
  /** Values of the claim that make each role. */
  roles: z
    .partialRecord(z.enum(roles), z.array(z.string()).min(1))
    .default({ viewer: ['viewer'], editor: ['editor'], admin: ['admin'] }),
  /** Role of those whose claim names none; without one they are refused. */
  defaultRole: z.enum(roles).optional(),
});
export type OidcConfig = z.infer<typeof oidcSchema>;

/** Who may use the SLO service; without this section everything is open, on loopback only. */
export const accessSchema = z.object({
  /** Address that the SLO service listens on; that of everything else unless given. */
  host: z.string().optional(),
  keys: z.array(accessKeySchema).max(accessKeysMax).default([]),
  /** Where `sprout slo key create` writes hashes; `<data>/slo-service/keys.json` unless given. */
  keysFile: z.string().optional(),
  oidc: oidcSchema.optional(),
  /** File that holds Alertmanager's token; one is made in `<data>/secrets` unless given. */
  webhookTokenFile: z.string().optional(),
  /** File that sessions are signed with, the same for all replicas; one is made unless given. */
  sessionSecretFile: z.string().optional(),
  /** Answers `/metrics` without a key; otherwise only to a scraper on loopback. */
  openMetrics: z.boolean().default(false),
});
export type AccessConfig = z.infer<typeof accessSchema>;

/** The section as `sprout.config.ts` says it. */
export type AccessInput = z.input<typeof accessSchema>;

/** Paths are written relative to the configuration file and compiled absolute. */
export function withAccessPaths(access: AccessInput, root: string): AccessInput {
  const absolute = (path: string | undefined) => path && resolve(root, path);
  const { oidc } = access;
  return {
    ...access,
    keysFile: absolute(access.keysFile),
    webhookTokenFile: absolute(access.webhookTokenFile),
    sessionSecretFile: absolute(access.sessionSecretFile),
    oidc: oidc && { ...oidc, clientSecretFile: absolute(oidc.clientSecretFile) },
  };
}

const loopback = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

/** True for addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean => loopback.has(host);

/** What is wrong with the addresses that are listened on. */
export function accessProblems(input: {
  readonly host?: string | undefined;
  readonly access?: { readonly host?: string | undefined } | undefined;
}): string[] {
  const { host = '127.0.0.1', access } = input;
  if (isLoopback(host) || access !== undefined) return [];
  return [`host: ${host} is reached from elsewhere, and no access is configured`];
}

function isSafeIssuer(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
}
