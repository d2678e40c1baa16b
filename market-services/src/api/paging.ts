import { z } from 'zod';

/** Deeper pages would make the database count through everything before them. */
const pageMax = 10_000;
const sizeMax = 100;

/** `?page=&size=` of a list; pages count from 0. */
export const pageQuerySchema = z.object({
  page: z.coerce.number().int().min(0).max(pageMax).default(0),
  size: z.coerce.number().int().min(1).max(sizeMax).default(20),
});

export type PageQuery = z.infer<typeof pageQuerySchema>;

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly size: number;
  readonly hasNext: boolean;
}

/** The schema of a page of `item`. */
export function pageSchema<T extends z.ZodType>(item: T, id: string) {
  return z
    .object({
      items: z.array(item),
      page: z.int(),
      size: z.int(),
      hasNext: z.boolean(),
    })
    .meta({ id });
}

/** Makes a page of rows of which one more than fits was asked for. */
export function toPage<T>(rows: readonly T[], { page, size }: PageQuery): Page<T> {
  return { items: rows.slice(0, size), page, size, hasNext: rows.length > size };
}

/** LIMIT and OFFSET that fetch a page and one row more, which tells whether another page follows. */
export function pageWindow({ page, size }: PageQuery): readonly [limit: number, offset: number] {
  return [size + 1, page * size];
}
