import { z } from 'zod';

/** A silence as it should be. */
export interface WantedSilence {
  readonly matchers: readonly Matcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly comment: string;
}

interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

/** A silence as Alertmanager has it. */
export type KnownSilence = z.output<typeof silenceSchema>;

/** The silences of an Alertmanager, through its API (v2). */
export interface AlertmanagerSilences {
  /** Those of `author` that are pending or active. */
  list(): Promise<readonly KnownSilence[]>;
  create(silence: WantedSilence): Promise<void>;
  /** Ends a silence at once. */
  expire(id: string): Promise<void>;
}

/** Who silences are made by: ours are known by it, and people see it. */
export const silenceAuthor = 'sprout';

const timeoutMs = 5000;

const silenceSchema = z.object({
  id: z.string(),
  createdBy: z.string(),
  comment: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  status: z.object({ state: z.enum(['pending', 'active', 'expired']) }),
  matchers: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      isRegex: z.boolean(),
      isEqual: z.boolean().default(true),
    }),
  ),
});

/** A client of `<address>/api/v2`; rejects when Alertmanager does not answer or refuses. */
export function alertmanagerSilences(address: () => string | undefined): AlertmanagerSilences {
  const ask = async (path: string, init: RequestInit = {}) => {
    const base = address();
    if (base === undefined) throw new Error('the address of Alertmanager is not known');
    const url = `${base.replace(/\/$/, '')}/api/v2/${path}`;
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    if (response.ok) return response;
    throw new Error(`${url}: ${response.status} ${(await response.text()).slice(0, 300)}`);
  };
  return {
    list: async () => {
      const all = z.array(silenceSchema).parse(await (await ask('silences')).json());
      return all.filter(
        ({ createdBy, status }) => createdBy === silenceAuthor && status.state !== 'expired',
      );
    },
    create: async (silence) => {
      await ask('silences', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...silence, createdBy: silenceAuthor }),
      });
    },
    expire: async (id) => {
      await ask(`silence/${encodeURIComponent(id)}`, { method: 'DELETE' });
    },
  };
}
