import {
  encodeExportResponse,
  encodeLogs,
  encodeStatus,
  encodeTraces,
  encodeWriteRequest,
  exportResponseToJson,
  logsFromJson,
  otlpMetricsToSeries,
  tracesFromJson,
  validateLogs,
  validateTraces,
} from '@sprout/wire';
import type { OtlpSeries, OtlpSignal, PartialSuccess } from '@sprout/wire';
import { RequestError } from '../http/request-error.ts';
import { send, sendJson } from '../http/respond.ts';
import type { Call, Route } from '../http/router.ts';
import type { Canonical } from '../journals/ingest.ts';
import { mediaType, parseJson, receiverRoute } from './receiver.ts';
import type { ReceiverContext } from './receiver.ts';

/** OTLP/HTTP 1.x: protobuf and JSON, answers in the request's type, errors as google.rpc.Status. */
export function otlpRoutes(context: ReceiverContext): Route[] {
  return (['traces', 'logs', 'metrics'] as const).map((signal) =>
    receiverRoute(context, {
      name: 'otlp',
      path: `/v1/${signal}`,
      take: async (body, call) => {
        const canonical = isJson(call)
          ? fromJson(signal, parseJson(body))
          : fromProtobuf(signal, body);
        await context.ingest.append(signal, canonical);
        const { partial } = canonical;
        if (isJson(call)) sendJson(call.response, 200, exportResponseToJson(signal, partial));
        else send(call.response, 200, protobuf, encodeExportResponse(partial));
      },
      refuse,
    }),
  );
}

const protobuf = 'application/x-protobuf';

function isJson(call: Call): boolean {
  const type = mediaType(call.request);
  if (type === 'application/json') return true;
  if (type === protobuf || type === 'application/protobuf') return false;
  throw new RequestError(415, `content type "${type}" is not ${protobuf} or application/json`);
}

/** What is stored, and what of it was rejected for good. */
interface Translated extends Canonical {
  readonly partial?: PartialSuccess;
}

function fromProtobuf(signal: OtlpSignal, body: Buffer): Translated {
  if (signal === 'traces') return { bytes: body, items: validateTraces(body) };
  if (signal === 'logs') return { bytes: body, items: validateLogs(body) };
  return fromSeries(otlpMetricsToSeries(body));
}

function fromJson(signal: OtlpSignal, value: unknown): Translated {
  if (signal === 'traces') {
    const spans = tracesFromJson(value);
    return { bytes: encodeTraces(spans), items: spans.length };
  }
  if (signal === 'logs') {
    const records = logsFromJson(value);
    return { bytes: encodeLogs(records), items: records.length };
  }
  return fromSeries(otlpMetricsToSeries(value));
}

function fromSeries({ series, rejected, reason }: OtlpSeries): Translated {
  const items = series.reduce((sum, { samples }) => sum + samples.length, 0);
  const canonical = { bytes: encodeWriteRequest(series), items };
  return rejected === 0 ? canonical : { ...canonical, partial: { rejected, message: reason } };
}

/** gRPC codes: 3 invalid argument, 8 resource exhausted, 14 unavailable. */
function refuse(error: RequestError, call: Call): void {
  const code = error.status === 429 ? 8 : error.status === 503 ? 14 : 3;
  if (mediaType(call.request) === 'application/json') {
    sendJson(call.response, error.status, { code, message: error.message });
  } else send(call.response, error.status, protobuf, encodeStatus(code, error.message));
}
