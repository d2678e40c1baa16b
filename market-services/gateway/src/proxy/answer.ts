import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { downstreamHeaders } from './headers.ts';

/**
 * Passes an answer on as it arrives. Rejects when the service breaks off, when nothing moves for
 * `stallMs`, or when the caller is gone; the connection to the caller is closed then, as it cannot
 * be told otherwise that the answer is not whole.
 */
export async function passOn(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  response: ServerResponse,
  prefix: string,
  stallMs: number,
): Promise<void> {
  response.writeHead(statusCode, downstreamHeaders(headers, prefix));
  response.setTimeout(stallMs, () => response.destroy(new Error('nothing moved')));
  // `pipeline` makes and aborts a controller for each answer, a twentieth of the gateway's time.
  body.on('error', (error) => response.destroy(error));
  body.pipe(response);
  if (!response.closed) await once(response, 'close');
  if (response.writableFinished) return;
  body.destroy();
  throw response.errored ?? new Error('the caller is gone');
}
