import { decodeWriteRequest, uncompressSnappy } from '@sprout/wire';
import { RequestError } from '../http/request-error.ts';
import { sendText } from '../http/respond.ts';
import type { Call, Route } from '../http/router.ts';
import { receiverRoute } from './receiver.ts';
import type { ReceiverContext } from './receiver.ts';

/** Prometheus remote write 1.0. */
export function remoteWriteRoute(context: ReceiverContext): Route {
  return receiverRoute(context, {
    name: 'remote_write',
    path: '/api/v1/write',
    take: async (body, call) => {
      refuseOthers(call);
      const bytes = uncompressSnappy(body, { bytesMax: context.bodyBytesMax });
      const items = decodeWriteRequest(bytes).reduce((sum, { samples }) => sum + samples.length, 0);
      await context.ingest.append('metrics', { bytes, items });
      call.response.setHeader('x-prometheus-remote-write-samples-written', String(items));
      call.response.writeHead(204).end();
    },
    refuse: (error, call) => sendText(call.response, error.status, `${error.message}\n`),
  });
}

function refuseOthers({ request }: Call): void {
  const type = request.headers['content-type'] ?? 'application/x-protobuf';
  if (!type.startsWith('application/x-protobuf') || type.includes('io.prometheus.write.v2')) {
    throw new RequestError(415, `content type "${type}" is not remote write 1.0`);
  }
}
