import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Requests per second to a route, answered fast, answered late, or failed. */
export interface Mix {
  readonly fast: number;
  readonly late: number;
  readonly failed: number;
}

/** A gateway's metrics page whose counters grow with the clock, at rates a test sets. */
export async function startExporter(route: string, first: Mix) {
  let mix = first;
  let since = Date.now();
  const total = { fast: 0, late: 0, failed: 0 };
  const settle = () => {
    const seconds = (Date.now() - since) / 1000;
    since = Date.now();
    for (const kind of ['fast', 'late', 'failed'] as const) total[kind] += mix[kind] * seconds;
  };
  const server = createServer((_request, response) => {
    settle();
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(page(route, total));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    target: `127.0.0.1:${port}`,
    change: (next: Mix) => {
      settle();
      mix = next;
    },
    close: () => server.close(),
  };
}

function page(route: string, { fast, late, failed }: Mix): string {
  const name = 'gateway_request_duration_seconds';
  const answered = `route="${route}",outcome="answered"`;
  const error = `route="${route}",outcome="server_error"`;
  return [
    `# TYPE ${name} histogram`,
    `${name}_bucket{${answered},le="2"} ${fast}`,
    `${name}_bucket{${answered},le="+Inf"} ${fast + late}`,
    `${name}_count{${answered}} ${fast + late}`,
    `${name}_bucket{${error},le="2"} ${failed}`,
    `${name}_bucket{${error},le="+Inf"} ${failed}`,
    `${name}_count{${error}} ${failed}`,
    '',
  ].join('\n');
}
