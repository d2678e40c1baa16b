import { SproutError } from '@sprout/process';

/** A query outside the published list; `construct` is the part that is not supported. */
export function unsupported(
  language: 'LogQL' | 'TraceQL',
  construct: string,
  supported: string,
): SproutError {
  return new SproutError('QUERY_UNSUPPORTED', `${language}: ${construct} is not supported here`, {
    hint: `supported: ${supported}`,
  });
}

/** A query that is not well formed. */
export function malformed(language: 'LogQL' | 'TraceQL', detail: string): SproutError {
  return new SproutError('QUERY_MALFORMED', `${language}: ${detail}`);
}
