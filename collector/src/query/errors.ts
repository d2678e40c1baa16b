import { SproutError } from '@sprout/process';
import type { Logger } from '@sprout/process';
import { RequestError } from '../http/request-error.ts';
import { sendText } from '../http/respond.ts';
import type { Call } from '../http/router.ts';

/** Answers errors of the query APIs in plain text, as Loki, Tempo and Zipkin do. */
export function queryErrors(logger: Logger): (error: unknown, call: Call) => void {
  return (error, { response, url }) => {
    if (response.headersSent) return void response.destroy();
    if (error instanceof RequestError)
      return sendText(response, error.status, `${error.message}\n`);
    if (error instanceof SproutError && error.code.startsWith('QUERY_')) {
      const hint = error.hint === undefined ? '' : `\n${error.hint}`;
      return sendText(response, 400, `${error.message}${hint}\n`);
    }
    logger.error('query failed', { 'url.path': url.pathname, error });
    sendText(response, 500, 'the query failed; the reason is in the log of the collector\n');
  };
}
