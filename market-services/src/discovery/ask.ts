import { request } from 'node:http';

const answerBytesMax = 1024 * 1024;

/**
 * A small request of the machinery itself, many times a minute: by node:http, which is not traced.
 * Rejects when there is no answer in time.
 */
export function ask(
  method: 'GET' | 'PUT' | 'DELETE',
  url: string,
  { json, timeoutMs = 1_000 }: { readonly json?: unknown; readonly timeoutMs?: number } = {},
): Promise<{ readonly status: number; readonly body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const payload = json === undefined ? undefined : JSON.stringify(json);
  const headers = payload === undefined ? {} : { 'content-type': 'application/json' };
  const outgoing = request(url, { method, headers, timeout: timeoutMs }, (response) => {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      body += chunk;
      if (body.length > answerBytesMax) outgoing.destroy(new Error('the answer is too long'));
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    response.on('error', reject);
  });
  outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)));
  outgoing.on('error', reject);
  outgoing.end(payload);
  return promise;
}
