import { parseDuration } from '@sprout/query';
import { RequestError } from '../http/request-error.ts';

/**
 * A Loki or Tempo time as nanoseconds: integers are nanoseconds from 1e16 on, else seconds; decimals are
 * seconds; RFC 3339 text is read too. Throws RequestError 400.
 */
export function timeNs(text: string | null, fallbackMs: number): bigint {
  if (text === null || text === '') return fromMs(fallbackMs);
  if (/^\d{16,19}$/.test(text)) return BigInt(text);
  const [, seconds, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  // Digit by digit, because a number would round the last ones away.
  if (seconds !== undefined) return BigInt(seconds + fraction.padEnd(9, '0').slice(0, 9));
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed)) throw new RequestError(400, `"${text}" is not a time`);
  return fromMs(parsed);
}

/** A step: `15s`, `500ms`, or plain seconds, in milliseconds. Throws RequestError 400. */
export function durationMs(text: string | null, fallbackMs: number): number {
  if (text === null || text === '') return fallbackMs;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : parseSeconds(text);
  if (seconds <= 0) throw new RequestError(400, `"${text}" must be more than 0`);
  return seconds * 1000;
}

/** A whole number between 1 and `max`; more is cut to `max`. Throws RequestError 400. */
export function count(text: string | null, fallback: number, max: number): number {
  if (text === null || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new RequestError(400, `"${text}" is not a positive whole number`);
  }
  return Math.min(value, max);
}

function parseSeconds(text: string): number {
  try {
    return parseDuration(text);
  } catch (cause) {
    throw new RequestError(400, String(cause), { cause });
  }
}

function fromMs(ms: number): bigint {
  return BigInt(Math.round(ms * 1000)) * 1000n;
}
