import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { RequestError } from './request-error.ts';

const inflaters = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;

/**
 * Reads a request's body and undoes its content encoding (`gzip`, `deflate`, none).
 * Throws RequestError 413 when it is over `bytesMax` before or after inflating, 415 for another
 * encoding, 400 when it does not inflate. `snappy` is passed on as it is, for those who expect it.
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const encoding = encodingOf(request);
  const raw = await readRaw(request, bytesMax);
  if (encoding === 'identity' || encoding === 'snappy') return raw;
  return inflateBody(raw, inflaters[encoding], bytesMax);
}

type Encoding = keyof typeof inflaters | 'identity' | 'snappy';

function encodingOf(request: IncomingMessage): Encoding {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === '' || encoding === 'identity') return 'identity';
  if (encoding === 'gzip' || encoding === 'deflate' || encoding === 'snappy') return encoding;
  throw new RequestError(415, `content encoding "${encoding}" is not supported`);
}

async function readRaw(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw tooLarge(bytesMax);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bytesMax) throw tooLarge(bytesMax);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
}

async function inflateBody(
  raw: Buffer,
  unpack: (typeof inflaters)[keyof typeof inflaters],
  bytesMax: number,
): Promise<Buffer> {
  try {
    return await unpack(raw, { maxOutputLength: bytesMax });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytesMax);
    throw new RequestError(400, 'the compressed body does not inflate', { cause });
  }
}

function tooLarge(bytesMax: number): RequestError {
  return new RequestError(413, `the body is larger than ${bytesMax} bytes`);
}
