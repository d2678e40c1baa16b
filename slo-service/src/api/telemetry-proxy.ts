import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';
import { addressOf, sendProblem, sourceHeaders } from '@sprout/process';
import type { Endpoint, SproutConfig } from '@sprout/process';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { languageOf } from './language-of.ts';
import type { Text } from '../language/text.ts';
import { SpokenProblem, asSaid } from '../language/spoken-problem.ts';

/** A backend that the console reads, and what of it may be asked. */
interface Backend {
  readonly endpoint: Endpoint;
  /** Put before the path, where the backend serves its API below one. */
  readonly prefix: string;
  readonly readable: RegExp;
  /** Paths that take a query as a POST form. */
  readonly postable: RegExp;
  /** What the backend asks for besides; it stays on the server. */
  headers?(): Readonly<Record<string, string>>;
}

const timeoutMs = 30_000;

/** Reading needs nothing longer; forms are queries. */
const formBytesMax = 1024 * 1024;

/**
 * Passes the console's questions on to the telemetry backends, so that it needs no addresses
 * and no tokens. Only paths that read are passed on.
 */
export function telemetryProxy(config: SproutConfig): Router {
  const router = Router();
  for (const [name, backend] of Object.entries(backends(config))) {
    router.use(`/${name}`, (request, response) => {
      const path = `${backend.prefix}${request.path}`;
      if (!isAllowed(backend, request)) throw refused(request.method, request.originalUrl);
      const address = addressOf(config, backend.endpoint);
      if (address === undefined) {
        throw unreachable(name, { en: 'its address is not known', ko: '주소를 알 수 없습니다' });
      }
      const url = new URL(address.replace(/\/$/, '') + path + searchOf(request));
      forward(url, name, backend.headers?.() ?? {}, request, response);
    });
  }
  return router;
}

function backends({ telemetry }: SproutConfig): Readonly<Record<string, Backend>> {
  const never = /^$/;
  return {
    prometheus: {
      endpoint: telemetry.prometheus,
      prefix: '',
      readable: /^\/api\/v1\/(?!admin|write|otlp|read)/,
      postable: /^\/api\/v1\/(query|query_range|query_exemplars|series|labels|format_query)$/,
      headers: () => sourceHeaders(telemetry.prometheus),
    },
    loki: {
      endpoint: telemetry.query,
      prefix: '',
      readable: /^\/loki\/api\/v1\/(?!push|delete)/,
      postable: /^\/loki\/api\/v1\/(query|query_range|series|labels)$/,
    },
    tempo: { endpoint: telemetry.query, prefix: '/tempo', readable: /^\/api\//, postable: never },
    alertmanager: {
      endpoint: telemetry.alertmanager,
      prefix: '',
      readable: /^\/api\/v2\//,
      postable: never,
    },
  };
}

/** A path is judged as it will be read: decoded and without dot segments. */
function isAllowed(backend: Backend, { method, path }: Request): boolean {
  const judged = /%2e|%2f|%5c|\.\.|\\/i.test(path) ? '' : path;
  if (method === 'GET' || method === 'HEAD') return backend.readable.test(judged);
  return method === 'POST' && backend.postable.test(judged);
}

function forward(
  url: URL,
  name: string,
  secrets: Readonly<Record<string, string>>,
  request: Request,
  response: Response,
): void {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const upstream = send(
    url,
    { method: request.method, headers: { ...headersOf(request), ...secrets }, timeout: timeoutMs },
    (answer) => passOn(answer, response),
  );
  const fail = (reason: Text) => {
    upstream.destroy();
    if (response.headersSent) return void response.destroy();
    sendProblem(
      response.vary('Accept-Language'),
      unreachable(name, reason).in(languageOf(request)),
    );
  };
  upstream.on('error', ({ message }) => fail(asSaid(message)));
  upstream.on('timeout', () =>
    fail({ en: `no answer within ${timeoutMs} ms`, ko: `${timeoutMs} ms 안에 답이 없습니다` }),
  );
  response.on('close', () => upstream.destroy());
  if (Number(request.headers['content-length'] ?? 0) > formBytesMax) {
    throw new SpokenProblem(413, 'QUERY_TOO_LONG', {
      title: { en: 'The query is too long', ko: '질의가 너무 깁니다' },
      hint: {
        en: `a form may have ${formBytesMax} bytes`,
        ko: `양식은 ${formBytesMax}바이트까지 받습니다`,
      },
    });
  }
  request.pipe(upstream);
}

function passOn(answer: IncomingMessage, response: Response): void {
  response.status(answer.statusCode ?? 502);
  for (const name of ['content-type', 'content-encoding', 'content-length', 'retry-after']) {
    const value = answer.headers[name];
    if (value !== undefined) response.set(name, value);
  }
  pipeline(answer, response, (error) => {
    // A caller that went away is no event; a backend that broke off must not look complete.
    if (error) response.destroy();
  });
}

/** Cookies and tokens of the caller are not the backend's business. */
function headersOf(request: Request): Record<string, string> {
  const names = ['accept', 'accept-encoding', 'content-type', 'content-length', 'x-scope-orgid'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function searchOf({ originalUrl }: Request): string {
  const at = originalUrl.indexOf('?');
  return at < 0 ? '' : originalUrl.slice(at);
}

function refused(method: string, path: string): SpokenProblem {
  return new SpokenProblem(403, 'PROXY_REFUSED', {
    title: { en: 'Only reading is passed on', ko: '읽기 요청만 전달합니다' },
    detail: {
      en: `${method} ${path} is not passed on`,
      ko: `${method} ${path}은(는) 전달하지 않습니다`,
    },
    hint: {
      en: 'ask the backend itself; its address is in its run file',
      ko: '백엔드에 직접 요청하세요. 주소는 백엔드의 실행 파일(run)에 있습니다',
    },
  });
}

function unreachable(name: string, reason: Text): SpokenProblem {
  return new SpokenProblem(502, 'BACKEND_UNREACHABLE', {
    title: { en: `${name} does not answer`, ko: `${name}이(가) 응답하지 않습니다` },
    detail: reason,
    hint: { en: './sprout status shows what runs', ko: './sprout status로 실행 상태를 확인하세요' },
  });
}
