import { randomBytes } from 'node:crypto';
import { roles } from '@sprout/process';
import type { Request } from 'express';
import { z } from 'zod';
import { everybody, identityOf } from '../access/identity.ts';
import type { RecordKind, Records } from '../records/record-store.ts';

/** Entries kept; beyond, the oldest are forgotten. */
export const auditEntriesMax = 10_000;

/** Characters of a state before or after that are kept; a longer one is cut and says so. */
const stateCharsMax = 16_384;

/** What was changed, by whom, from where. */
export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  by: z.string(),
  role: z.enum(roles),
  /** Address of the caller, as this service saw it. */
  from: z.string(),
  /** For example `exclusion.create`. */
  action: z.string(),
  /** Id of what was changed. */
  target: z.string(),
  /** Null where there was nothing before, or where nothing is left. */
  before: z.unknown(),
  after: z.unknown(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** A change as the route that makes it tells it; states hold no secrets. */
export interface Change {
  readonly action: string;
  readonly target: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Who did it, where the request's identity does not say so: a sign-in, a policy. */
  readonly by?: Pick<AuditEntry, 'by' | 'role'>;
}

/** Who did what, when, from where. */
export interface AuditLog {
  /** On disk when this resolves. */
  write(request: Request, change: Change): Promise<void>;
  /** Newest first. */
  list(): readonly AuditEntry[];
}

const auditKind: RecordKind<AuditEntry> = {
  name: 'audit',
  schema: auditEntrySchema,
  recordsMax: auditEntriesMax,
  mayForget: () => true,
};

/** The audit log among the records. */
export async function openAuditLog(records: Records, now: () => number): Promise<AuditLog> {
  const store = await records.open(auditKind);
  return {
    write: async (request, { action, target, before = null, after = null, by }) => {
      const id = randomBytes(6).toString('hex');
      await store.put(id, {
        id,
        at: new Date(now()).toISOString(),
        ...(by ?? signature(request)),
        from: request.ip ?? '',
        action,
        target,
        before: bounded(before),
        after: bounded(after),
      });
    },
    list: () => store.all().toReversed(),
  };
}

function signature(request: Request) {
  const { name, role } = identityOf(request) ?? everybody;
  return { by: name, role };
}

function bounded(state: unknown): unknown {
  const text = JSON.stringify(state) ?? 'null';
  return text.length <= stateCharsMax ? state : { cut: text.slice(0, stateCharsMax) };
}
