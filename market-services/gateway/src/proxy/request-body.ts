import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { HttpProblem } from '@sprout/process';

/** The largest body the gateway passes on. */
export const bodyBytesMax = 1024 * 1024;

/** Whether a request announces a body. */
export function hasBody(request: IncomingMessage): boolean {
  if (request.headers['transfer-encoding'] !== undefined) return true;
  return Number(request.headers['content-length'] ?? 0) > 0;
}

/**
 * The body to pass on as it arrives, or null when there is none.
 * Throws HttpProblem 413 for one announced too long; the stream fails with it for one that turns
 * out so.
 */
export function requestBody(request: IncomingMessage): Readable | null {
  if (!hasBody(request)) return null;
  if (Number(request.headers['content-length'] ?? 0) > bodyBytesMax) throw tooLarge();
  return Readable.from(bounded(request));
}

async function* bounded(request: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw tooLarge();
    yield chunk;
  }
}

function tooLarge(): HttpProblem {
  return new HttpProblem(413, 'The body is too large', {
    type: '/errors/gateway/body-too-large',
    detail: `a body may have ${bodyBytesMax} bytes`,
  });
}
