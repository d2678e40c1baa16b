import { encodeTraces, tracesFromZipkinJson, tracesFromZipkinProtobuf } from '@sprout/wire';
import { sendText } from '../http/respond.ts';
import type { Route } from '../http/router.ts';
import { mediaType, parseJson, receiverRoute } from './receiver.ts';
import type { ReceiverContext } from './receiver.ts';

/** Zipkin v2 spans, JSON unless declared as protobuf; 202 with an empty body. */
export function zipkinRoute(context: ReceiverContext): Route {
  return receiverRoute(context, {
    name: 'zipkin',
    path: '/api/v2/spans',
    take: async (body, call) => {
      const protobuf = mediaType(call.request) === 'application/x-protobuf';
      const spans = protobuf
        ? tracesFromZipkinProtobuf(body)
        : tracesFromZipkinJson(parseJson(body));
      await context.ingest.append('traces', { bytes: encodeTraces(spans), items: spans.length });
      call.response.writeHead(202).end();
    },
    refuse: (error, call) => sendText(call.response, error.status, `${error.message}\n`),
  });
}
