import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SqliteDatabase } from '../storage/sqlite.ts';

/** Files of version 0.1, one for each kind, and how their rows read as records. */
const earlierFiles = {
  'exclusions.sqlite': `SELECT 'exclusion', id, body FROM earlier.exclusion ORDER BY number`,
  'annotations.sqlite': `SELECT 'annotation', body ->> '$.id', body FROM earlier.annotation
    ORDER BY number`,
  'pages.sqlite': `SELECT 'page', id, json_object('groupKey', group_key, 'page', json(body))
    FROM earlier.page ORDER BY started_at, id`,
};

/** Takes each earlier file in once, whole or not at all; the file itself stays as it is. */
export function takeInEarlierFiles(db: SqliteDatabase, directory: string): void {
  db.exec('CREATE TABLE IF NOT EXISTS taken_in (file TEXT PRIMARY KEY)');
  const isTakenIn = db.prepare('SELECT 1 FROM taken_in WHERE file = ?');
  for (const [file, rows] of Object.entries(earlierFiles)) {
    const path = join(directory, file);
    if (!existsSync(path) || isTakenIn.get(file) !== undefined) continue;
    db.prepare('ATTACH ? AS earlier').run(path);
    db.exec(`BEGIN IMMEDIATE;
      INSERT INTO record (kind, id, body) ${rows};
      INSERT INTO taken_in VALUES ('${file}');
      COMMIT;`);
    db.exec('DETACH earlier');
  }
}
