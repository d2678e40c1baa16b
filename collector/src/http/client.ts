import { Agent, request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

export interface FetchOptions {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  /** Bytes of the answer's body, before and after inflating. */
  readonly bytesMax: number;
  /** Connect anew instead of using a connection that is kept alive. */
  readonly anew?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Why no answer came; `reason` is one word for metrics. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly reason: 'timeout' | 'connection' | 'body_limit';

  constructor(reason: FetchError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 32, maxFreeSockets: 32 });

/** Sends one request and reads the whole answer, inflating gzip. Throws FetchError. */
export async function fetchWhole(url: string, options: FetchOptions): Promise<Answer> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await send(url, options, signal);
    const raw = await readAll(response, options.bytesMax);
    const body = await inflated(response, raw, options.bytesMax);
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    if (error instanceof FetchError) throw error;
    if (signal.aborted) {
      throw new FetchError('timeout', `${url} took over ${options.timeoutMs} ms`, error);
    }
    throw new FetchError('connection', `${url}: ${String(error)}`, error);
  }
}

function send(url: string, options: FetchOptions, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const secure = url.startsWith('https:');
    const request = (secure ? httpsRequest : httpRequest)(url, {
      method: options.method ?? 'GET',
      headers: { 'user-agent': 'sprout-collector', ...options.headers },
      signal,
      ...(secure ? {} : { agent: options.anew === true ? false : agent }),
    });
    request.once('response', resolve);
    request.once('error', reject);
    request.end(options.body);
  });
}

async function readAll(response: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bytesMax) throw tooLarge(bytesMax);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

const unzip = promisify(gunzip);

async function inflated(response: IncomingMessage, raw: Buffer, bytesMax: number): Promise<Buffer> {
  if (response.headers['content-encoding'] !== 'gzip') return raw;
  try {
    return await unzip(raw, { maxOutputLength: bytesMax });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytesMax);
    throw cause;
  }
}

function tooLarge(bytesMax: number): FetchError {
  return new FetchError('body_limit', `the answer is larger than ${bytesMax} bytes`);
}
