import { setTimeout as sleep } from 'node:timers/promises';
import { SproutError } from '@sprout/process';
import type { z } from 'zod';
import { failureOf, unreachable, unreadable } from './failure.ts';

/** Sends one request and reads the answer through a schema; rejects with a SproutError. */
export type Requester = <T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  schema: z.ZodType<T>,
  body?: unknown,
) => Promise<T>;

/** Where requests go, and how long they may take. */
export interface RequestOptions {
  readonly url: string;
  readonly token: string;
  readonly timeoutMs?: number;
  readonly retryAfterMsMax?: number;
}

const attemptsMax = 4;
const answerBytesMax = 64 * 1024 * 1024;

/** Binds requests to one Grafana. A throttled one is repeated after what `Retry-After` asks. */
export function createRequester(options: RequestOptions): Requester {
  const base = options.url.replace(/\/+$/, '');
  const { timeoutMs = 30_000, retryAfterMsMax = 30_000 } = options;
  return async (method, path, schema, body) => {
    const what = `${method} ${path}`;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(base, what, timeoutMs, {
        method,
        headers: headersOf(options.token),
        // A token must not follow a redirect to wherever it points.
        redirect: 'error',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const waitMs = retryAfterMs(answer.headers);
      if (answer.status === 429 && attempt < attemptsMax && waitMs <= retryAfterMsMax) {
        await sleep(waitMs);
        continue;
      }
      if (answer.status >= 300) throw failureOf(answer.status, what, answer.text);
      return parsed(answer.text, what, schema);
    }
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function send(
  base: string,
  what: string,
  timeoutMs: number,
  request: RequestInit,
): Promise<Answer> {
  const path = what.slice(what.indexOf(' ') + 1);
  try {
    const response = await fetch(`${base}${path}`, {
      ...request,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { status, headers } = response;
    return { status, headers, text: await boundedText(response, what) };
  } catch (cause) {
    throw cause instanceof SproutError ? cause : unreachable(base, what, cause);
  }
}

async function boundedText(response: Response, what: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > answerBytesMax) throw unreadable(what, `more than ${answerBytesMax} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed<T>(text: string, what: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(text === '' ? {} : JSON.parse(text));
  } catch (cause) {
    throw unreadable(what, text.slice(0, 80), cause);
  }
}

const headersOf = (token: string): Record<string, string> => ({
  accept: 'application/json',
  'content-type': 'application/json',
  authorization: `Bearer ${token}`,
});

/** `Retry-After` in its two forms, seconds or a date; one second when it is missing. */
function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after');
  if (value === null) return 1000;
  const seconds = Number(value);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : 1000;
}
