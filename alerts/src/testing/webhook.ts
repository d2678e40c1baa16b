import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const notificationSchema = z.object({
  receiver: z.string(),
  status: z.enum(['firing', 'resolved']),
  groupLabels: z.record(z.string(), z.string()),
  alerts: z.array(
    z.object({
      status: z.string(),
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()),
    }),
  ),
});

/** A notification of Alertmanager and when it arrived. */
export type Notification = z.infer<typeof notificationSchema> & {
  readonly path: string;
  readonly atMs: number;
};

/** Takes Alertmanager's notifications on a free port. */
export async function listenForNotifications() {
  const received: Notification[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => void (body += chunk));
    request.on('end', () => {
      const notification = notificationSchema.parse(JSON.parse(body));
      received.push({ ...notification, path: request.url ?? '', atMs: Date.now() });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
