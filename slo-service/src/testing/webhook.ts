import { json } from 'node:stream/consumers';
import { listen } from '@sprout/process';

/** Somebody who is called, and keeps what was sent. */
export interface TestWebhook {
  readonly url: string;
  readonly received: readonly unknown[];
  close(): Promise<void>;
}

export async function startWebhook(): Promise<TestWebhook> {
  const received: unknown[] = [];
  const { url, close } = await listen(
    async (request, response) => {
      received.push(await json(request));
      response.end();
    },
    { host: '127.0.0.1', port: 0 },
  );
  return { url, received, close };
}
