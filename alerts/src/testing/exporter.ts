import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Requests per second to a route, answered fast, answered late, or failed. */
export interface Mix {
  readonly fast: number;
  readonly late: number;
  readonly failed: number;
}

/**
 * A metrics page of a gateway, and of the database that fails with it: each request that is not
 * fast is a query that took too long. Counters grow with the clock, at rates a test sets.
 */
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
  const database = 'db_client_operation_duration_seconds';
  const queries = `service="${route}",db_system_name="mysql",outcome="ok"`;
  const error = `route="${route}",outcome="server_error"`;
  return [
    `# TYPE ${name} histogram`,
    `${name}_bucket{${answered},le="2"} ${fast}`,
    `${name}_bucket{${answered},le="+Inf"} ${fast + late}`,
    `${name}_count{${answered}} ${fast + late}`,
    `${name}_bucket{${error},le="2"} ${failed}`,
    `${name}_bucket{${error},le="+Inf"} ${failed}`,
    `${name}_count{${error}} ${failed}`,
    `# TYPE ${database} histogram`,
    `${database}_bucket{${queries},le="0.3"} ${fast}`,
    `${database}_bucket{${queries},le="+Inf"} ${fast + late + failed}`,
    `${database}_count{${queries}} ${fast + late + failed}`,
    '',
  ].join('\n');
}
