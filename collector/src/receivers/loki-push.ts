import { encodeLogs, logsFromLokiJson, logsFromLokiProtobuf, uncompressSnappy } from '@sprout/wire';
import type { LogRecord } from '@sprout/wire';
import { sendText } from '../http/respond.ts';
import type { Call, Route } from '../http/router.ts';
import { mediaType, parseJson, receiverRoute } from './receiver.ts';
import type { ReceiverContext } from './receiver.ts';

/**
 * Loki's push API. What is not declared as JSON is a snappy block of protobuf, whatever the content
 * encoding says: winston-loki sends none.
 */
export function lokiPushRoute(context: ReceiverContext): Route {
  return receiverRoute(context, {
    name: 'loki',
    path: '/loki/api/v1/push',
    take: async (body, call) => {
      const records = recordsOf(body, call, context.bodyBytesMax);
      await context.ingest.append('logs', { bytes: encodeLogs(records), items: records.length });
      call.response.writeHead(204).end();
    },
    refuse: (error, call) => sendText(call.response, error.status, `${error.message}\n`),
  });
}

function recordsOf(body: Buffer, call: Call, bytesMax: number): LogRecord[] {
  if (mediaType(call.request) === 'application/json') return logsFromLokiJson(parseJson(body));
  return logsFromLokiProtobuf(uncompressSnappy(body, { bytesMax }));
}
