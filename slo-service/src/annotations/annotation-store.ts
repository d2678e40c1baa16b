import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { annotationSchema } from './annotation.ts';
import type { Annotation, AnnotationInput } from './annotation.ts';

/** Annotations kept; beyond, the oldest are forgotten. */
export const annotationsMax = 50_000;

/** Annotations of one answer. */
export const annotationsPerAnswerMax = 500;

/** Which annotations are asked for. */
export interface AnnotationFilter {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** Those that concern this objective. */
  readonly objective?: string | undefined;
  readonly service?: string | undefined;
  readonly limit: number;
}

/** Keeps deploys and other events by their time. */
export interface AnnotationStore {
  add(input: AnnotationInput, nowMs: number): Annotation;
  /** The newest `limit`, oldest first. */
  list(filter: AnnotationFilter): Annotation[];
  /** Grows with every change. */
  revision(): number;
  close(): void;
}

/** An annotation store in one SQLite file; what was answered is on disk. */
export function openAnnotationStore(path: string): AnnotationStore {
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  db.exec(schema);
  const insert = db.prepare('INSERT INTO annotation (at, body) VALUES (?, ?)');
  const forget = db.prepare(
    'DELETE FROM annotation WHERE number <= (SELECT max(number) FROM annotation) - ?',
  );
  const between = db.prepare(
    `SELECT body FROM annotation WHERE at >= ? AND at < ?
     AND (? IS NULL OR body ->> '$.objectives' IS NULL
       OR EXISTS (SELECT 1 FROM json_each(body, '$.objectives') WHERE value = ?))
     AND (? IS NULL OR body ->> '$.service' = ?)
     ORDER BY at DESC, number DESC LIMIT ?`,
  );
  let revision = 0;
  return {
    add: (input, nowMs) => {
      const at = input.at ?? new Date(nowMs).toISOString();
      const annotation: Annotation = { ...input, at, id: randomBytes(6).toString('hex') };
      insert.run(Date.parse(at), JSON.stringify(annotation));
      forget.run(annotationsMax);
      revision += 1;
      return annotation;
    },
    list: ({ fromMs, toMs, objective = null, service = null, limit }) =>
      between
        .all(fromMs, toMs, objective, objective, service, service, limit)
        .map((row) => annotationSchema.parse(JSON.parse(rowSchema.parse(row).body)))
        .toReversed(),
    revision: () => revision,
    close: () => db.close(),
  };
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS annotation (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS annotation_by_time ON annotation (at);
`;

const rowSchema = z.object({ body: z.string() });
