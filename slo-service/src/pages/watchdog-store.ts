import { z } from 'zod';
import type { RecordKind, Records } from '../records/record-store.ts';

/** When the alert that always fires was heard, Unix milliseconds. */
const beatSchema = z.object({ heardMs: z.number() });

const beatKind: RecordKind<z.infer<typeof beatSchema>> = {
  name: 'watchdog',
  schema: beatSchema,
  recordsMax: 1,
};

/** The last beat of the alert that always fires, whichever replica was told of it. */
export interface WatchdogStore {
  /** Null when it was never heard. */
  lastMs(): number | null;
  /** Known here at once, and to other replicas when this resolves. */
  heard(nowMs: number): Promise<void>;
}

/** The beat among the records. */
export async function openWatchdogStore(records: Records): Promise<WatchdogStore> {
  const store = await records.open(beatKind);
  let ownMs = -Infinity;
  const lastMs = () => Math.max(ownMs, store.find('last')?.heardMs ?? -Infinity);
  return {
    lastMs: () => (lastMs() === -Infinity ? null : lastMs()),
    heard: async (nowMs) => {
      ownMs = Math.max(ownMs, nowMs);
      await store.put('last', { heardMs: lastMs() });
    },
  };
}
