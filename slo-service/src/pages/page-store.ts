import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { pageSchema } from '../api/schemas.ts';
import type { Page } from '../api/schemas.ts';
import type { PageRecord } from './episode.ts';

/** Pages kept; beyond, the oldest resolved ones are forgotten. */
export const pagesMax = 10_000;

/** Keeps pages, newest first. */
export interface PageStore {
  /** The firing page of a group of Alertmanager. */
  firingOf(groupKey: string): PageRecord | undefined;
  save(record: PageRecord): void;
  list(options: { readonly status?: Page['status']; readonly limit: number }): PageRecord[];
  /** Pages that began before an instant (ISO 8601 in UTC), newest first. */
  before(startedAt: string, limit: number): PageRecord[];
  find(id: string): PageRecord | undefined;
  /** Grows with every change. */
  revision(): number;
  close(): void;
}

/** A page store in one SQLite file; a page that was acknowledged to Alertmanager is on disk. */
export function openPageStore(path: string): PageStore {
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  db.exec(schema);
  const select = (where: string) => db.prepare(`SELECT group_key, body FROM page ${where}`);
  const byGroup = select(`WHERE group_key = ? AND status = 'firing'`);
  const byId = select('WHERE id = ?');
  const newest = select('ORDER BY started_at DESC, id LIMIT ?');
  const newestOf = select('WHERE status = ? ORDER BY started_at DESC, id LIMIT ?');
  const newestBefore = select('WHERE started_at < ? ORDER BY started_at DESC, id LIMIT ?');
  const write = db.prepare('INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)');
  const forget = db.prepare(
    `DELETE FROM page WHERE id IN (SELECT id FROM page WHERE status = 'resolved'
     ORDER BY started_at DESC LIMIT -1 OFFSET ?)`,
  );
  let revision = 0;
  return {
    firingOf: (groupKey) => one(byGroup.get(groupKey)),
    find: (id) => one(byId.get(id)),
    list: ({ status, limit }) =>
      (status === undefined ? newest.all(limit) : newestOf.all(status, limit)).map(recordOf),
    before: (startedAt, limit) => newestBefore.all(startedAt, limit).map(recordOf),
    save: ({ groupKey, page }) => {
      write.run(page.id, groupKey, page.status, page.startedAt, JSON.stringify(page));
      forget.run(pagesMax);
      revision += 1;
    },
    revision: () => revision,
    close: () => db.close(),
  };
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS page (
    id TEXT PRIMARY KEY, group_key TEXT NOT NULL, status TEXT NOT NULL,
    started_at TEXT NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS page_of_group ON page (group_key, status);
  CREATE INDEX IF NOT EXISTS page_by_start ON page (started_at);
`;

const rowSchema = z.object({ group_key: z.string(), body: z.string() });

function one(row: unknown): PageRecord | undefined {
  return row === undefined ? undefined : recordOf(row);
}

function recordOf(row: unknown): PageRecord {
  const { group_key, body } = rowSchema.parse(row);
  return { groupKey: group_key, page: pageSchema.parse(JSON.parse(body)) };
}
