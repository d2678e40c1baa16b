import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

/** What a request was answered with. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request as a foreign client would: node:http, which nothing here watches. */
export function send(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers }, (response) => {
      let body = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => void (body += chunk))
        .on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        })
        .on('error', reject);
    });
    request.on('error', reject).end();
  });
}
