import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { downstreamHeaders } from './headers.ts';

/**
 * Passes an answer on as it arrives. Rejects when the service breaks off, when nothing moves for
 * `stallMs`, or when the caller is gone; the connection to the caller is closed then, as it cannot
 * be told otherwise that the answer is not whole.
 */
export async function passOn(
  answer: Response,
  response: ServerResponse,
  prefix: string,
  stallMs: number,
): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of downstreamHeaders(answer.headers, prefix)) {
    response.setHeader(name, value);
  }
  if (answer.body === null) {
    response.end();
    return;
  }
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stallMs);
  const watched = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      timer.refresh();
      yield chunk;
    }
  };
  try {
    await pipeline(answer.body, watched, response, { signal: stalled.signal });
  } finally {
    clearTimeout(timer);
  }
}
