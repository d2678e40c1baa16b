import type { Request, Response } from 'express';
import { z } from 'zod';
import { SpokenProblem } from '../language/spoken-problem.ts';

/** Parameters of a list: how many, and where to go on. */
export function pageQuery({ byDefault, max }: { byDefault: number; max: number }) {
  return {
    limit: z.coerce.number().int().min(1).max(max).default(byDefault),
    /** `next` of the answer before; the first page without. */
    cursor: z.string().max(200).optional(),
  };
}

/** Schema of a list: `next` is the cursor of what follows, null at the end. */
export const listOf = <S extends z.ZodType>(schema: S) =>
  z.object({ items: z.array(schema), next: z.string().nullable() });

/** Which part of a list is asked for. */
export interface PageQuestion {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A part of a list, and the cursor of what follows. */
export interface PagePart<T> {
  readonly items: T[];
  readonly next: string | null;
}

/**
 * The part of a list that begins after its cursor. A cursor names the last item that was sent, so
 * that new items in front of it move nothing. Throws SpokenProblem `CURSOR_UNKNOWN`.
 */
export function pageOf<T>(
  all: readonly T[],
  { limit, cursor }: PageQuestion,
  idOf: (item: T) => string,
): PagePart<T> {
  const start = cursor === undefined ? 0 : 1 + indexAfter(all, cursor, idOf);
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  const isEnd = last === undefined || start + limit >= all.length;
  return { items, next: isEnd ? null : Buffer.from(idOf(last)).toString('base64url') };
}

/** The same from the end of a list: each part is in the list's order, the next one lies before. */
export function pageBefore<T>(
  all: readonly T[],
  question: PageQuestion,
  idOf: (item: T) => string,
): PagePart<T> {
  const { items, next } = pageOf(all.toReversed(), question, idOf);
  return { items: items.toReversed(), next };
}

/** Names the next part of an answer in `Link`, as RFC 8288 has it. */
export function linkNext(request: Request, response: Response, next: string | null): void {
  if (next === null) return;
  const url = new URL(request.originalUrl, 'http://own');
  // Where it began is not where it goes on.
  url.searchParams.delete('offset');
  url.searchParams.set('cursor', next);
  response.set('Link', `<${url.pathname}${url.search}>; rel="next"`);
}

/** Answers a part of a list. */
export function sendPage<T>(request: Request, response: Response, part: PagePart<T>): void {
  linkNext(request, response, part.next);
  response.json(part);
}

function indexAfter<T>(all: readonly T[], cursor: string, idOf: (item: T) => string): number {
  const id = Buffer.from(cursor, 'base64url').toString();
  const index = all.findIndex((item) => idOf(item) === id);
  if (index >= 0) return index;
  throw new SpokenProblem(400, 'CURSOR_UNKNOWN', {
    title: { en: 'The list does not go on there', ko: '목록을 이어서 볼 수 없습니다' },
    detail: {
      en: 'the item that the cursor names is no longer in this list',
      ko: 'cursor가 가리키는 항목이 이제 목록에 없습니다',
    },
    hint: {
      en: 'ask again without cursor, and with the same parameters as before',
      ko: 'cursor 없이 같은 매개변수로 다시 요청하세요',
    },
  });
}
