import { parseWindow, windowSeconds, windowSecondsMax } from '@sprout/objectives';
import { HttpProblem } from '@sprout/process';
import { parseDuration } from '@sprout/query/duration';
import type { Request } from 'express';
import { z } from 'zod';
import { languageOf } from './language-of.ts';
import { identityOf } from '../access/identity.ts';

/** A duration between a minute and a year, or a unit of the calendar in a zone. */
export const windowSchema = z
  .string()
  .refine(
    isWindow,
    'write a duration from 1m to 366d, for example 30d, or day, week, month, quarter or year and a time zone, for example month@Asia/Seoul',
  )
  .meta({
    description:
      "A duration of the promise's clock (`30d`), or the running day, week, month, quarter or year of a time zone (`month@Asia/Seoul`).",
    example: '30d',
  });

/** A duration of the clock on the wall. */
export const stepSchema = z
  .string()
  .refine((text) => secondsOf(text) > 0, 'write a duration, for example 1m or 1h')
  .meta({ description: 'Length of a step; rounded up to whole ledger minutes.', example: '5m' });

/** A point in time, with any offset. */
export const instantSchema = z.iso
  .datetime({ offset: true, error: 'write an instant, for example 2026-11-23T12:00:00Z' })
  .meta({ example: '2026-11-23T12:00:00Z' });

/** A group of an objective, as `…/groups` names it. */
export const groupSchema = z.string().min(1).max(500).meta({
  description: 'One group of the objective instead of the whole, as `…/groups` names it.',
  example: 'route=order',
});

/** Reads a request's query; throws a problem that names every field at fault. */
export function queryOf<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  const author = request.method === 'GET' ? {} : authorship(request);
  const parsed = schema.safeParse({ ...request.query, ...author }, wordsFor(request));
  if (parsed.success) return parsed.data;
  throw invalid('QUERY_INVALID', parsed.error, 'the parameters are described at /docs');
}

/** Reads a request's body; throws a problem that names every field at fault. */
export function bodyOf<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  const parsed = schema.safeParse(withAuthor(request), wordsFor(request));
  if (parsed.success) return parsed.data;
  throw invalid('BODY_INVALID', parsed.error, 'the body is described at /docs');
}

/** Where callers are known, they sign what they write with their own name, whatever they say. */
function authorship(request: Request): { by?: string } {
  const identity = identityOf(request);
  return identity === undefined || identity.by === 'open' ? {} : { by: identity.name };
}

const { localeError: inKorean } = z.locales.ko();

/** The words of the checks themselves; our own messages are in English. */
const wordsFor = (request: Request) => (languageOf(request) === 'ko' ? { error: inKorean } : {});

function withAuthor(request: Request): unknown {
  const body: unknown = request.body;
  const isRecord = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isRecord ? { ...body, ...authorship(request) } : body;
}

function invalid(code: string, error: z.ZodError, hint: string): HttpProblem {
  const errors = error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    reason: message,
  }));
  const detail = errors.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
  return new HttpProblem(400, 'The request is not valid', { code, detail, hint, errors });
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
