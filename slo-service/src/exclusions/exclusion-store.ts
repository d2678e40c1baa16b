import { randomBytes } from 'node:crypto';
import type { RecordKind, Records } from '../records/record-store.ts';
import { exclusionSchema } from './exclusion.ts';
import type { BoundExclusion, Exclusion } from './exclusion.ts';

/** Exclusions in force at a time. */
export const exclusionsMax = 1000;

/** Nothing is ever forgotten: revoked ones are kept besides. */
const exclusionKind: RecordKind<Exclusion> = {
  name: 'exclusion',
  schema: exclusionSchema,
  recordsMax: 20_000,
};

/** Keeps what was left out of budgets, by whom and why, for good. */
export interface ExclusionStore {
  /** Undefined when `exclusionsMax` are in force. */
  add(input: BoundExclusion, nowMs: number): Promise<Exclusion | undefined>;
  /** Ends an exclusion as if it had never been; its record stays. */
  revoke(id: string, by: string, reason: string, nowMs: number): Promise<Exclusion | undefined>;
  /** Moves an exclusion along with its incident; undefined when it is revoked. */
  follow(id: string, when: Exclusion['when']): Promise<Exclusion | undefined>;
  find(id: string): Exclusion | undefined;
  /** Newest first. */
  list(options: { readonly revoked: boolean }): readonly Exclusion[];
  /** Those in force, newest first; the same array until one changes. */
  inForce(): readonly Exclusion[];
  /** Grows with every change. */
  revision(): number;
}

/** Exclusions among the records. */
export async function openExclusionStore(records: Records): Promise<ExclusionStore> {
  const store = await records.open(exclusionKind);
  let [read, active] = [store.all(), activeOf(store.all())];
  const inForce = () => {
    const all = store.all();
    if (all !== read) [read, active] = [all, activeOf(all)];
    return active;
  };
  return {
    add: async (input, nowMs) => {
      if (inForce().length >= exclusionsMax) return undefined;
      const id = randomBytes(6).toString('hex');
      const createdAt = new Date(nowMs).toISOString();
      return store.put(id, { ...input, id, createdAt, revoked: null });
    },
    revoke: (id, by, reason, nowMs) =>
      store.change(id, (exclusion) => {
        if (exclusion.revoked !== null) return undefined;
        return { ...exclusion, revoked: { at: new Date(nowMs).toISOString(), by, reason } };
      }),
    follow: (id, when) =>
      store.change(id, (one) => (one.revoked === null ? { ...one, when } : undefined)),
    find: store.find,
    list: ({ revoked }) => (revoked ? store.all().toReversed() : inForce()),
    inForce,
    revision: store.revision,
  };
}

const activeOf = (all: readonly Exclusion[]) =>
  all.filter(({ revoked }) => revoked === null).toReversed();
