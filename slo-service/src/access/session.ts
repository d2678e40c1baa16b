import { readFileSync } from 'node:fs';
import { roles, secret } from '@sprout/process';
import type { Role, SproutConfig } from '@sprout/process';
import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';

/** A person who signed in with a browser. */
export interface Session {
  readonly name: string;
  readonly role: Role;
  /** Id of the key that was signed in with: the session ends with the key. */
  readonly keyId?: string | undefined;
}

/** What a sign-in at the identity provider must bring back. */
export interface PendingLogin {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

/** Signs what browsers carry; replicas that share the secret read each other's. */
export interface Sessions {
  seal(session: Session): Promise<string>;
  open(token: string): Promise<Session | undefined>;
  sealLogin(login: PendingLogin): Promise<string>;
  openLogin(token: string): Promise<PendingLogin | undefined>;
}

/** How long a browser stays signed in. */
export const sessionSeconds = 12 * 3600;
/** How long a sign-in at the identity provider may take. */
export const loginSeconds = 600;

const sessionSchema = z.object({
  name: z.string(),
  role: z.enum(roles),
  keyId: z.string().optional(),
});
const loginSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});

/** Sessions are signed tokens, so that no replica has to keep them. */
export function createSessions(config: SproutConfig): Sessions {
  const key = new TextEncoder().encode(secretOf(config));
  const seal = (kind: string, content: object, seconds: number) =>
    new SignJWT({ content })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(kind)
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(key);
  const open = async <S extends z.ZodType>(kind: string, schema: S, token: string) => {
    try {
      const { payload } = await jwtVerify(token, key, { audience: kind, algorithms: ['HS256'] });
      return schema.parse(payload['content']);
    } catch {
      // Expired, of another secret, or forged: the caller has to sign in.
      return undefined;
    }
  };
  return {
    seal: (session) => seal('session', session, sessionSeconds),
    open: (token) => open('session', sessionSchema, token),
    sealLogin: (login) => seal('login', login, loginSeconds),
    openLogin: (token) => open('login', loginSchema, token),
  };
}

function secretOf(config: SproutConfig): string {
  const file = config.access?.sessionSecretFile;
  return file === undefined ? secret(config, 'session') : readFileSync(file, 'utf8').trim();
}
