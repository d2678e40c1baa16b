import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { exclusionSchema } from './exclusion.ts';
import type { Exclusion, ExclusionInput } from './exclusion.ts';

/** Exclusions in force at a time; revoked ones are kept besides. */
export const exclusionsMax = 1000;

/** Keeps what was left out of budgets, by whom and why, for good. */
export interface ExclusionStore {
  /** Undefined when `exclusionsMax` are in force. */
  add(input: ExclusionInput, nowMs: number): Exclusion | undefined;
  /** Ends an exclusion as if it had never been; its record stays. */
  revoke(id: string, by: string, reason: string, nowMs: number): Exclusion | undefined;
  find(id: string): Exclusion | undefined;
  /** Newest first. */
  list(options: { readonly revoked: boolean }): readonly Exclusion[];
  /** Those in force; the same array until one changes. */
  inForce(): readonly Exclusion[];
  /** Grows with every change. */
  revision(): number;
  close(): void;
}

/** An exclusion store in one SQLite file; what was answered is on disk. */
export function openExclusionStore(path: string): ExclusionStore {
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  db.exec(schema);
  const all = db.prepare('SELECT body FROM exclusion ORDER BY number DESC');
  const byId = db.prepare('SELECT body FROM exclusion WHERE id = ?');
  const insert = db.prepare('INSERT INTO exclusion (id, body) VALUES (?, ?)');
  const update = db.prepare('UPDATE exclusion SET body = ? WHERE id = ?');
  const read = () => all.all().map(exclusionOf);
  const active = () => read().filter(({ revoked }) => revoked === null);
  let inForce = active();
  let revision = 0;
  const changed = () => {
    inForce = active();
    revision += 1;
  };
  const find = (id: string) => {
    const row = byId.get(id);
    return row === undefined ? undefined : exclusionOf(row);
  };
  return {
    add: (input, nowMs) => {
      if (inForce.length >= exclusionsMax) return undefined;
      const id = randomBytes(6).toString('hex');
      const createdAt = new Date(nowMs).toISOString();
      const exclusion: Exclusion = { ...input, id, createdAt, revoked: null };
      insert.run(id, JSON.stringify(exclusion));
      changed();
      return exclusion;
    },
    revoke: (id, by, reason, nowMs) => {
      const exclusion = find(id);
      if (exclusion === undefined || exclusion.revoked !== null) return undefined;
      const revoked = { ...exclusion, revoked: { at: new Date(nowMs).toISOString(), by, reason } };
      update.run(JSON.stringify(revoked), id);
      changed();
      return revoked;
    },
    find,
    list: ({ revoked }) => (revoked ? read() : inForce),
    inForce: () => inForce,
    revision: () => revision,
    close: () => db.close(),
  };
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS exclusion (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL
  );
`;

const rowSchema = z.object({ body: z.string() });

const exclusionOf = (row: unknown): Exclusion =>
  exclusionSchema.parse(JSON.parse(rowSchema.parse(row).body));
