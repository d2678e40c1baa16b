import { parseWindow, windowSeconds, windowSecondsMax } from '@sprout/objectives';
import { parseDuration } from '@sprout/query/duration';
import type { Request } from 'express';
import { z } from 'zod';
import { checkWords, saying } from '../language/check-words.ts';
import type { Language } from '../language/language.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';
import type { Text } from '../language/text.ts';
import { identityOf } from '../access/identity.ts';

/** A duration between a minute and a year, or a unit of the calendar in a zone. */
export const windowSchema = z
  .string()
  .refine(
    isWindow,
    saying(
      'write a duration from 1m to 366d, for example 30d, or day, week, month, quarter or year and a time zone, for example month@Asia/Seoul',
      '1m부터 366d까지의 길이(예: 30d)나 day, week, month, quarter, year에 시간대를 붙여(예: month@Asia/Seoul) 쓰세요',
    ),
  )
  .meta({
    description:
      "A duration of the promise's clock (`30d`), or the running day, week, month, quarter or year of a time zone (`month@Asia/Seoul`).",
    example: '30d',
  });

/** A duration of the clock on the wall. */
export const stepSchema = z
  .string()
  .refine(
    (text) => secondsOf(text) > 0,
    saying('write a duration, for example 1m or 1h', '길이를 쓰세요. 예: 1m, 1h'),
  )
  .meta({ description: 'Length of a step; rounded up to whole ledger minutes.', example: '5m' });

/** A point in time, with any offset. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .meta({ example: '2026-11-23T12:00:00Z' });

/** A group of an objective, as `…/groups` names it. */
export const groupSchema = z.string().min(1).max(500).meta({
  description: 'One group of the objective instead of the whole, as `…/groups` names it.',
  example: 'route=order',
});

/** Reads a request's query; throws a problem that names every field at fault. */
export function queryOf<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  const author = request.method === 'GET' ? {} : authorship(request);
  return checked('QUERY_INVALID', { ...request.query, ...author }, schema, {
    en: 'the parameters are described at /docs',
    ko: '매개변수 설명은 /docs에 있습니다',
  });
}

/** Reads a request's body; throws a problem that names every field at fault. */
export function bodyOf<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  return checked('BODY_INVALID', withAuthor(request), schema, {
    en: 'the body is described at /docs',
    ko: '본문 설명은 /docs에 있습니다',
  });
}

/** The title of every request that a schema refuses. */
export const invalidTitle = { en: 'The request is not valid', ko: '요청이 올바르지 않습니다' };

function checked<S extends z.ZodType>(
  code: string,
  input: unknown,
  schema: S,
  hint: Text,
): z.output<S> {
  const parsed = schema.safeParse(input, checkWords('en'));
  if (parsed.success) return parsed.data;
  // What is refused once is refused again, for the same reasons in the other language.
  const inKorean = schema.safeParse(input, checkWords('ko')).error?.issues ?? [];
  const errors = parsed.error.issues.map(({ path, message: en }, index) => ({
    field: path.join('.'),
    reason: { en, ko: inKorean[index]?.message ?? en },
  }));
  const detail = (language: Language) =>
    errors.map(({ field, reason }) => `${field}: ${reason[language]}`).join('; ');
  throw new SpokenProblem(400, code, {
    title: invalidTitle,
    detail: { en: detail('en'), ko: detail('ko') },
    hint,
    errors,
  });
}

/** Where callers are known, they sign what they write with their own name, whatever they say. */
function authorship(request: Request): { by?: string } {
  const identity = identityOf(request);
  return identity === undefined || identity.by === 'open' ? {} : { by: identity.name };
}

function withAuthor(request: Request): unknown {
  const body: unknown = request.body;
  const isRecord = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isRecord ? { ...body, ...authorship(request) } : body;
}

function isWindow(text: string): boolean {
  try {
    const seconds = windowSeconds(parseWindow(text));
    return seconds >= 60 && seconds <= windowSecondsMax;
  } catch {
    // The schema's message says how windows are written.
    return false;
  }
}

/** 0 for text that is no duration, so that every bound refuses it. */
function secondsOf(text: string): number {
  try {
    return parseDuration(text);
  } catch {
    // The schema's message says how durations are written.
    return 0;
  }
}
