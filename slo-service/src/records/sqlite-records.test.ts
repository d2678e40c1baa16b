import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { openAnnotationStore } from '../annotations/annotation-store.ts';
import { openExclusionStore } from '../exclusions/exclusion-store.ts';
import { openPageStore } from '../pages/page-store.ts';
import { recordContract } from './record-contract.ts';
import { openSqliteRecords } from './sqlite-records.ts';

recordContract('an SQLite file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-records-'));
  return {
    open: async () => openSqliteRecords(join(directory, 'records.sqlite')),
    dispose: async () => rmSync(directory, { recursive: true }),
  };
});

const at = '2026-11-01T00:00:00.000Z';
const exclusion = {
  objectives: null,
  when: { kind: 'once', from: at, to: '2026-11-01T01:00:00.000Z' },
  reason: 'planned migration',
  by: 'ana',
  createdAt: at,
};
const annotation = { kind: 'deploy', service: null, objectives: null, by: 'ben', url: null, at };
const page = {
  id: 'p',
  status: 'firing',
  severity: 'page',
  startedAt: at,
  endedAt: null,
  title: 'orders burn',
  summary: 'Orders fail.',
  pageGroup: 'shop',
  impact: '',
  runbookUrl: null,
  dashboardUrl: null,
  objectives: [],
  budgetSpent: [],
  exampleTrace: null,
  notifications: [],
};

it('files of version 0.1 are taken in once', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-records-'));
  writeEarlierFiles(directory);
  const path = join(directory, 'records.sqlite');
  for (const round of ['first', 'second']) {
    const records = openSqliteRecords(path);
    const exclusions = await openExclusionStore(records);
    assert.deepEqual(
      exclusions.list({ revoked: true }).map(({ id }) => id),
      ['e2', 'e1'],
      round,
    );
    const annotations = await openAnnotationStore(records);
    const listed = annotations.list({ fromMs: 0, toMs: Infinity, limit: 10 });
    assert.deepEqual(
      listed.map(({ id, title }) => [id, title]),
      [['a1', 'order 1.4.2']],
    );
    const pages = await openPageStore(records);
    assert.equal(pages.firingOf('group')?.page.title, 'orders burn');
    await records.close();
  }
  rmSync(directory, { recursive: true });
});

/** As version 0.1 wrote them. */
function writeEarlierFiles(directory: string): void {
  const exclusions = new DatabaseSync(join(directory, 'exclusions.sqlite'));
  exclusions.exec(`PRAGMA journal_mode = WAL; CREATE TABLE exclusion (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)`);
  for (const id of ['e1', 'e2']) {
    const insert = exclusions.prepare('INSERT INTO exclusion (id, body) VALUES (?, ?)');
    insert.run(id, JSON.stringify({ ...exclusion, id, revoked: null }));
  }
  exclusions.close();
  const annotations = new DatabaseSync(join(directory, 'annotations.sqlite'));
  annotations.exec(`PRAGMA journal_mode = WAL; CREATE TABLE annotation (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, body TEXT NOT NULL)`);
  const insert = annotations.prepare('INSERT INTO annotation (at, body) VALUES (?, ?)');
  insert.run(Date.parse(at), JSON.stringify({ ...annotation, id: 'a1', title: 'order 1.4.2' }));
  annotations.close();
  const pages = new DatabaseSync(join(directory, 'pages.sqlite'));
  pages.exec(`PRAGMA journal_mode = WAL; CREATE TABLE page (
    id TEXT PRIMARY KEY, group_key TEXT NOT NULL, status TEXT NOT NULL,
    started_at TEXT NOT NULL, body TEXT NOT NULL)`);
  const write = pages.prepare('INSERT INTO page VALUES (?, ?, ?, ?, ?)');
  write.run('p', 'group', 'firing', at, JSON.stringify(page));
  pages.close();
}
