import { RequestError } from '../http/request-error.ts';

/** A trace id as 32 lower-case digits; 64-bit ids are padded. Throws RequestError 400. */
export function traceIdOf(text: string): string {
  if (!/^[0-9a-f]{1,32}$/i.test(text)) throw new RequestError(400, `"${text}" is not a trace id`);
  return text.toLowerCase().padStart(32, '0');
}
