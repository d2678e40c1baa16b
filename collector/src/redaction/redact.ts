import { decodeLogs, decodeTraces, encodeLogs, encodeTraces } from '@sprout/wire';
import type { LogRecord, Span } from '@sprout/wire';
import { redactAttributes, redactText } from './attributes.ts';
import type { Redactor } from './attributes.ts';
import { mayHoldEmail } from './email.ts';
import { redactedKeys } from './keys.ts';

/** Bytes without personal data, and how many values were replaced. */
export interface Redacted {
  readonly bytes: Uint8Array;
  readonly replaced: number;
}

/** Cleans canonical OTLP bytes; bytes in which nothing is found are returned as they are. */
export interface Redaction {
  traces(bytes: Uint8Array): Redacted;
  logs(bytes: Uint8Array): Redacted;
}

/** Replaces values of `keys` (in any case) and e-mail addresses by `[redacted]`. */
export function createRedaction(keys: readonly string[]): Redaction {
  const known = redactedKeys(keys);
  const rewrite = (bytes: Uint8Array, clean: (redactor: Redactor) => Uint8Array): Redacted => {
    const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    if (!known.mayBeIn(latin1) && !mayHoldEmail(latin1)) return { bytes, replaced: 0 };
    const redactor: Redactor = { keys: known, count: 0 };
    const cleaned = clean(redactor);
    // What only looked like a hit travels on byte by byte, with fields this version does not know.
    return redactor.count === 0
      ? { bytes, replaced: 0 }
      : { bytes: cleaned, replaced: redactor.count };
  };
  return {
    traces: (bytes) =>
      rewrite(bytes, (redactor) =>
        encodeTraces(decodeTraces(bytes).map((span) => cleanSpan(redactor, span))),
      ),
    logs: (bytes) =>
      rewrite(bytes, (redactor) =>
        encodeLogs(decodeLogs(bytes).map((record) => cleanRecord(redactor, record))),
      ),
  };
}

function cleanSpan(redactor: Redactor, span: Span): Span {
  return {
    ...span,
    attributes: redactAttributes(redactor, span.attributes),
    resource: redactAttributes(redactor, span.resource),
    events: span.events.map((event) => ({
      ...event,
      attributes: redactAttributes(redactor, event.attributes),
    })),
    links: span.links.map((link) => ({
      ...link,
      attributes: redactAttributes(redactor, link.attributes),
    })),
    status: { ...span.status, message: redactText(redactor, span.status.message) },
  };
}

function cleanRecord(redactor: Redactor, record: LogRecord): LogRecord {
  return {
    ...record,
    body: redactText(redactor, record.body),
    attributes: redactAttributes(redactor, record.attributes),
    resource: redactAttributes(redactor, record.resource),
  };
}
