import { SproutError } from '@sprout/process';
import type { RecordKind } from './record-store.ts';
import { SpokenError } from '../language/spoken-error.ts';

/** The records of a kind as they are read, oldest first; adapters keep it equal to their disk. */
export interface RecordMemory<T> {
  all(): readonly T[];
  find(id: string): T | undefined;
  ids(): string[];
  set(id: string, record: T): void;
  delete(id: string): boolean;
  revision(): number;
  /** Ids that new records take the place of; throws `RECORDS_FULL` when they have no room. */
  displacedBy(ids: readonly string[]): string[];
}

/** An empty memory. */
export function recordMemory<T>(kind: RecordKind<T>): RecordMemory<T> {
  // A map keeps the place of a key that is set again.
  const records = new Map<string, T>();
  let list: readonly T[] | undefined = [];
  let revision = 0;
  const changed = () => {
    list = undefined;
    revision += 1;
  };
  return {
    all: () => (list ??= [...records.values()]),
    find: (id) => records.get(id),
    ids: () => [...records.keys()],
    set: (id, record) => {
      records.set(id, record);
      changed();
    },
    delete: (id) => {
      const existed = records.delete(id);
      if (existed) changed();
      return existed;
    },
    revision: () => revision,
    displacedBy: (ids) => {
      const added = new Set(ids.filter((id) => !records.has(id))).size;
      const excess = added === 0 ? 0 : records.size + added - kind.recordsMax;
      return excess <= 0 ? [] : oldestToForget(kind, records, excess);
    },
  };
}

/** A record that a newer version wrote is refused by the schema rather than half understood. */
export function decodeRecord<T>(kind: RecordKind<T>, id: string, body: string): T {
  const parsed = kind.schema.safeParse(JSON.parse(body));
  if (parsed.success) return parsed.data;
  throw new SproutError('RECORD_UNREADABLE', `${kind.name} ${id}: ${parsed.error.message}`, {
    hint: 'start the version of slo-service that wrote it, or a newer one',
    cause: parsed.error,
  });
}

function oldestToForget<T>(
  { name, recordsMax, mayForget }: RecordKind<T>,
  records: ReadonlyMap<string, T>,
  excess: number,
): string[] {
  const found: string[] = [];
  for (const [id, record] of records) {
    if (found.length === excess) break;
    if (mayForget?.(record) === true) found.push(id);
  }
  if (found.length === excess) return found;
  throw new SpokenError('RECORDS_FULL', {
    message: {
      en: `${recordsMax} records of kind "${name}" are kept`,
      ko: `"${name}" 기록을 ${recordsMax}개까지 보관하는데 모두 찼습니다`,
    },
    hint: {
      en: 'remove or end some that are no longer needed',
      ko: '더 이상 필요 없는 기록을 지우거나 끝내세요',
    },
  });
}
