import { HttpProblem } from '@sprout/process';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { SpokenError } from '../language/spoken-error.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';
import type { Text } from '../language/text.ts';
import { languageOf } from './language-of.ts';
import { unreadable } from './unreadable.ts';

/** Answers requests that no route took. */
export const notFound: RequestHandler = (request) => {
  throw new SpokenProblem(404, 'NOT_FOUND', {
    title: { en: 'Not found', ko: '찾을 수 없습니다' },
    detail: {
      en: `there is no ${request.method} ${request.path}`,
      ko: `${request.method} ${request.path}은(는) 없습니다`,
    },
    hint: described,
  });
};

const described: Text = { en: 'the API is described at /docs', ko: 'API 설명은 /docs에 있습니다' };

/** Replicas find a MySQL that is back within a tick. */
const retryAfterSeconds = '5';

/**
 * Gives every error a code and a hint, in the reader's language; `onUnexpected` is told of those
 * that are our fault, of which the caller learns no details.
 */
export function namedProblem(onUnexpected: (error: unknown) => void): ErrorRequestHandler {
  return (error, request, response, next) => {
    const known = knownProblem(error);
    if (known === undefined) onUnexpected(error);
    if (known?.problem.code === 'STORAGE_AWAY') response.set('Retry-After', retryAfterSeconds);
    response.vary('Accept-Language');
    const said = (known ?? internal).in(languageOf(request));
    next(new HttpProblem(said.status, said.title, said));
  };
}

function knownProblem(error: unknown): SpokenProblem | undefined {
  if (error instanceof SpokenProblem) return error;
  const refused = storageProblem(error);
  if (refused !== undefined) return refused;
  const status = statusOf(error);
  return status !== undefined && status < 500 ? unreadable(status, error, described) : undefined;
}

const internal = new SpokenProblem(500, 'INTERNAL', {
  title: { en: 'Internal error', ko: '내부 오류가 발생했습니다' },
  hint: { en: 'the log of slo-service says why', ko: 'slo-service의 로그에 원인이 있습니다' },
});

/** Stores that hold as much as they may. */
const fullCodes: readonly string[] = ['RECORDS_FULL', 'KEYS_FULL'];

/** What a store refuses is told as it is: its error says which one and why. */
function storageProblem(error: unknown): SpokenProblem | undefined {
  if (!(error instanceof SpokenError)) return undefined;
  const { code, words } = error;
  const told = { detail: words.message, hint: words.hint };
  if (fullCodes.includes(code)) {
    return new SpokenProblem(409, code, {
      title: { en: 'There is no room for another record', ko: '더 기록할 자리가 없습니다' },
      ...told,
    });
  }
  if (code !== 'STORAGE_AWAY') return undefined;
  return new SpokenProblem(503, code, {
    title: { en: 'Nothing can be written at the moment', ko: '지금은 기록할 수 없습니다' },
    ...told,
  });
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
