import type { Adapter, AdapterPayload, ClientMetadata } from 'oidc-provider';

/** Records that are kept at once; the oldest go first. A restart signs everybody out. */
export const recordsMax = 10_000;

interface Entry {
  readonly model: string;
  readonly payload: AdapterPayload;
  readonly expiresAtMs: number;
}

/**
 * Keeps what the provider has handed out in memory. Clients are looked up anew each time, as
 * the gateway's address is known only while it runs.
 */
export function createMemoryAdapter(
  clientOf: (id: string) => ClientMetadata | undefined,
  nowMs: () => number = Date.now,
): (model: string) => Adapter {
  const entries = new Map<string, Entry>();
  const read = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || entry.expiresAtMs > nowMs()) return entry?.payload;
    entries.delete(key);
    return undefined;
  };
  const first = (model: string, matches: (payload: AdapterPayload) => boolean) =>
    [...entries].find(([key, one]) => one.model === model && matches(one.payload) && read(key));
  return (model) => ({
    upsert: async (id, payload, expiresInSeconds) => {
      const key = `${model}:${id}`;
      entries.delete(key);
      const expiresAtMs = expiresInSeconds ? nowMs() + expiresInSeconds * 1000 : Infinity;
      entries.set(key, { model, payload, expiresAtMs });
      const [oldest] = entries.keys();
      if (entries.size > recordsMax && oldest !== undefined) entries.delete(oldest);
    },
    find: async (id) => (model === 'Client' ? clientOf(id) : read(`${model}:${id}`)),
    findByUid: async (uid) => first(model, (payload) => payload.uid === uid)?.[1].payload,
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const payload = read(`${model}:${id}`);
      if (payload !== undefined) payload['consumed'] = Math.floor(nowMs() / 1000);
    },
    destroy: async (id) => void entries.delete(`${model}:${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of entries) {
        if (payload.grantId === grantId) entries.delete(key);
      }
    },
  });
}
