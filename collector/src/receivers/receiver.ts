import type { IncomingMessage } from 'node:http';
import { WireError } from '@sprout/wire';
import type { Call, Route } from '../http/router.ts';
import { readBody } from '../http/body.ts';
import { RequestError } from '../http/request-error.ts';
import type { Ingest } from '../journals/ingest.ts';
import type { CollectorMetrics } from '../metrics/collector-metrics.ts';
import type { Admission } from './admission.ts';

export type ReceiverName = 'otlp' | 'loki' | 'remote_write' | 'zipkin';

/** What every receiver works with. */
export interface ReceiverContext {
  readonly ingest: Ingest;
  readonly metrics: CollectorMetrics;
  readonly admission: Admission;
  readonly bodyBytesMax: number;
}

/** One address that takes telemetry, in the words of its protocol. */
export interface Receiver {
  readonly name: ReceiverName;
  readonly path: string;
  /** Stores the body and answers; the answer stands for "it is on disk". */
  take(body: Buffer, call: Call): Promise<void>;
  /** Answers an error in the protocol's form. */
  refuse(error: RequestError, call: Call): void;
}

/** Puts limits, measurement and error mapping around a receiver. */
export function receiverRoute(context: ReceiverContext, receiver: Receiver): Route {
  return {
    method: 'POST',
    path: receiver.path,
    handle: async (call) => {
      const end = context.metrics.requestDuration.startTimer({ receiver: receiver.name });
      try {
        await context.admission.admit(call.request, async () => {
          const body = await readBody(call.request, context.bodyBytesMax);
          await receiver.take(body, call);
        });
      } catch (error) {
        refuse(context, receiver, toRequestError(error), call);
      } finally {
        end();
        const code = String(call.response.statusCode);
        context.metrics.requests.inc({ receiver: receiver.name, code });
      }
    },
  };
}

/** The media type without its parameters. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Reads JSON; throws RequestError 400. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    throw new RequestError(400, `the body is not JSON: ${String(cause)}`, { cause });
  }
}

function refuse(
  context: ReceiverContext,
  receiver: Receiver,
  error: RequestError,
  call: Call,
): void {
  if (call.response.headersSent) return;
  if (error.status === 503) context.metrics.refused.inc({ reason: error.reason ?? 'busy' });
  if (error.retryAfterSeconds !== undefined) {
    call.response.setHeader('retry-after', String(error.retryAfterSeconds));
  }
  // The rest of a body that is not read would be taken for the next request.
  if (!call.request.complete) call.response.setHeader('connection', 'close');
  receiver.refuse(error, call);
}

function toRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof WireError) {
    const status = error.code === 'WIRE_TOO_LARGE' ? 413 : 400;
    return new RequestError(status, error.message, { cause: error });
  }
  return new RequestError(503, `not stored: ${String(error)}`, {
    cause: error,
    retryAfterSeconds: 5,
    reason: 'disk',
  });
}
