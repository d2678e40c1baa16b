import { compressSnappy } from '@sprout/wire';
import { fetchWhole } from '../http/client.ts';

/** How long one remote write may take. */
export const writeTimeoutMs = 30_000;
const answerBytesMax = 64 * 1024;

/** What became of one remote write. */
export type WriteResult =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'rejected'; readonly status: number; readonly detail: string }
  | { readonly outcome: 'retry'; readonly reason: string; readonly afterMs?: number };

/** Sends one uncompressed `WriteRequest`. Never throws. */
export async function sendWrite(url: string, request: Uint8Array): Promise<WriteResult> {
  try {
    const answer = await fetchWhole(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      },
      body: compressSnappy(request),
      timeoutMs: writeTimeoutMs,
      bytesMax: answerBytesMax,
    });
    const { status } = answer;
    if (status >= 200 && status < 300) return { outcome: 'delivered' };
    if (status !== 429 && status < 500) {
      return { outcome: 'rejected', status, detail: answer.body.toString() };
    }
    const afterMs = retryAfterMs(answer.headers['retry-after']);
    return {
      outcome: 'retry',
      reason: String(status),
      ...(afterMs === undefined ? {} : { afterMs }),
    };
  } catch (error) {
    const reason =
      error instanceof Error && 'reason' in error ? String(error.reason) : 'connection';
    return { outcome: 'retry', reason };
  }
}

/** `Retry-After` as seconds or as a date; undefined when it says neither. */
export function retryAfterMs(header: string | undefined, nowMs = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
