import { z } from 'zod';
import { pageSchema } from '../api/schemas.ts';
import type { Page } from '../api/schemas.ts';
import type { RecordKind, Records } from '../records/record-store.ts';
import { languages } from '../language/language.ts';
import type { PageRecord } from './episode.ts';

/** Pages kept; beyond, the oldest resolved ones are forgotten. */
export const pagesMax = 10_000;

const textsSchema = z.object({
  title: z.string(),
  summary: z.string(),
  impact: z.string(),
  firstStep: z.string().nullable(),
});

const pageKind: RecordKind<PageRecord> = {
  name: 'page',
  schema: z.object({
    groupKey: z.string(),
    page: pageSchema,
    said: z.partialRecord(z.enum(languages), textsSchema).optional(),
  }),
  recordsMax: pagesMax,
  mayForget: ({ page }) => page.status === 'resolved',
};

/** Keeps pages, newest first; a page that was acknowledged to Alertmanager is on disk. */
export interface PageStore {
  /** The firing page of a group of Alertmanager. */
  firingOf(groupKey: string): PageRecord | undefined;
  save(record: PageRecord): Promise<PageRecord>;
  /** Changes parts of a page and leaves the rest as it is stored; undefined without the page. */
  amend(id: string, part: Partial<Page>): Promise<PageRecord | undefined>;
  list(options: { readonly status?: Page['status']; readonly limit: number }): PageRecord[];
  /** Pages that began before an instant (ISO 8601 in UTC), newest first. */
  before(startedAt: string, limit: number): PageRecord[];
  find(id: string): PageRecord | undefined;
  /** Grows with every change. */
  revision(): number;
  /** Takes in what other replicas wrote. */
  refresh(): Promise<void>;
}

/** Pages among the records. */
export async function openPageStore(records: Records): Promise<PageStore> {
  const store = await records.open(pageKind);
  let read = store.all();
  let newest = newestFirst(read);
  const ordered = () => {
    const all = store.all();
    if (all !== read) [read, newest] = [all, newestFirst(all)];
    return newest;
  };
  return {
    firingOf: (groupKey) =>
      store.all().find((one) => one.groupKey === groupKey && one.page.status === 'firing'),
    find: store.find,
    list: ({ status, limit }) =>
      ordered()
        .filter(({ page }) => status === undefined || page.status === status)
        .slice(0, limit),
    before: (startedAt, limit) =>
      ordered()
        .filter(({ page }) => page.startedAt < startedAt)
        .slice(0, limit),
    save: (record) => store.put(record.page.id, record),
    amend: (id, part) =>
      store.change(id, (stored) => ({ ...stored, page: { ...stored.page, ...part } })),
    revision: store.revision,
    refresh: store.refresh,
  };
}

/** Instants in UTC sort as text. */
const newestFirst = (all: readonly PageRecord[]): PageRecord[] =>
  all.toSorted(({ page: a }, { page: b }) =>
    a.startedAt === b.startedAt ? compare(a.id, b.id) : compare(b.startedAt, a.startedAt),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
