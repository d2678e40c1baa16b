import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '@sprout/process';

/** How the stand-in behaves; fields can be changed while it runs. */
export interface MimirBehaviour {
  tenant?: string;
  /** The whole header `Authorization`. */
  authorization?: string;
  samplesPerQueryMax?: number;
  seriesPerQueryMax?: number;
  /** How the next requests are refused, in turn; undefined lets one pass. */
  refusals: ({ readonly status: number; readonly retryAfter?: string } | undefined)[];
}

/** A request that arrived, refused or not. */
export interface ArrivedQuery {
  readonly atMs: number;
  readonly query: string;
}

/**
 * Mimir's manners in front of a real Prometheus: tenants, authentication, `/prometheus` before the
 * path, 429 with Retry-After, and 422 for queries over a limit, in its words.
 */
export async function mimirStandIn(prometheusUrl: string, behaviour: MimirBehaviour) {
  const arrived: ArrivedQuery[] = [];
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    answer(prometheusUrl, behaviour, arrived, request, response).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  };
  const { url, close } = await listen(onRequest, { host: '127.0.0.1', port: 0 });
  return { url: `${url}/prometheus`, arrived, close };
}

async function answer(
  prometheusUrl: string,
  behaviour: MimirBehaviour,
  arrived: ArrivedQuery[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = await text(request);
  arrived.push({ atMs: Date.now(), query: new URLSearchParams(form).get('query') ?? '' });
  const { headers, url = '' } = request;
  if (behaviour.tenant !== undefined && headers['x-scope-orgid'] !== behaviour.tenant) {
    return void response.writeHead(401).end('no org id');
  }
  if (behaviour.authorization !== undefined && headers.authorization !== behaviour.authorization) {
    return void response.writeHead(401).end('authentication error');
  }
  const refusal = behaviour.refusals.shift();
  if (refusal !== undefined) {
    const { status, retryAfter } = refusal;
    const wait = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    response.writeHead(status, wait).end('the request has been rejected');
    return;
  }
  const upstream = await fetch(prometheusUrl + url.replace(/^\/prometheus/, ''), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form,
  });
  const body = await upstream.text();
  const problem = overLimit(behaviour, body);
  response
    .writeHead(problem === undefined ? upstream.status : 422, {
      'content-type': 'application/json',
    })
    .end(problem ?? body);
}

function overLimit(behaviour: MimirBehaviour, body: string): string | undefined {
  const { samplesPerQueryMax = Infinity, seriesPerQueryMax = Infinity } = behaviour;
  const result: { values?: unknown[] }[] = JSON.parse(body).data?.result ?? [];
  const samples = result.reduce((sum, { values }) => sum + (values?.length ?? 1), 0);
  const error =
    result.length > seriesPerQueryMax
      ? 'the query exceeded the maximum number of series (err-mimir-max-series-per-query)'
      : samples > samplesPerQueryMax
        ? 'query processing would load too many samples into memory in query execution'
        : undefined;
  return error && JSON.stringify({ status: 'error', errorType: 'execution', error });
}
