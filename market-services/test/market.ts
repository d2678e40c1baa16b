import { startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { listener, readRunFile } from '@sprout/process';
import type { ConfigInput, ProcessSpec } from '@sprout/process';
import { createProgramToken } from '../src/program-token.ts';
import { dataServers } from '@sprout/data/servers';
import { serviceProcesses } from '../src/processes.ts';

/** A private market: real MariaDB, Redis, services and gateway. */
export interface TestMarket extends PrivateProcesses {
  /** Base URL of a process; it changes when the process is started again. */
  url(process: string): string;
  /** Of a program that may do everything. */
  authorization(): string | undefined;
}

/** Who calls, unless said otherwise: a program that may do everything. */
let operator: () => string | undefined = () => undefined;

/** Starts everything but load and faults; `versions` tells what of each service is started. */
export async function startTestMarket(
  settings: ConfigInput['market'] = {},
  telemetry: ConfigInput['telemetry'] = {},
  versions: ReadonlyMap<string, string> = new Map(),
): Promise<TestMarket> {
  const market = await startPrivately(
    (config) => [
      ...dataServers(config),
      ...serviceProcesses(config).map((spec) => ofVersion(spec, () => versions.get(spec.name))),
    ],
    { ...direct, ...settings },
    telemetry,
  );
  const token = createProgramToken(market.config, 'load');
  await token.ready(10_000);
  operator = token.authorization;
  return {
    ...withUrls(market),
    authorization: token.authorization,
    stop: async () => {
      token.stop();
      await market.stop();
    },
  };
}

/** Each start of the process is told the version of the moment, as a pipeline would. */
function ofVersion(spec: ProcessSpec, version: () => string | undefined): ProcessSpec {
  return {
    ...spec,
    command: (context) => {
      const command = spec.command(context);
      const now = version();
      if (now === undefined) return command;
      const env = { ...command.env, OTEL_RESOURCE_ATTRIBUTES: `service.version=${now}` };
      return { ...command, env };
    },
  };
}

/** What an order needs: databases, Redis, order and product, asked past the gateway. */
export type OrderMarket = Omit<TestMarket, 'authorization'>;

const orderProcesses = ['mariadb', 'redis', 'order', 'product'];

/** Starts an `OrderMarket`, in a fraction of the time that everything takes. */
export async function startOrderMarket(): Promise<OrderMarket> {
  const market = await startPrivately(
    (config) => only(orderProcesses, [...dataServers(config), ...serviceProcesses(config)]),
    direct,
  );
  return withUrls(market);
}

/** Those of the processes that are named, waiting for no others. */
export function only(names: readonly string[], processes: readonly ProcessSpec[]): ProcessSpec[] {
  return processes
    .filter(({ name }) => names.includes(name))
    .map((spec) => ({ ...spec, after: spec.after.filter((one) => names.includes(one)) }));
}

function withUrls(market: PrivateProcesses): OrderMarket {
  return {
    ...market,
    url: (name) => {
      const url = readRunFile(market.config, name)?.addresses['http'];
      if (url === undefined) throw new Error(`${name} has not published where it listens`);
      return url;
    },
  };
}

/** An answer with its body as JSON. */
export async function call(
  url: string,
  {
    method = 'GET',
    json,
    headers = {},
    ...options
  }: {
    readonly method?: string;
    readonly json?: unknown;
    /** Named, also as undefined, it takes the place of the program's that may do everything. */
    readonly authorization?: string | undefined;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<{ status: number; headers: Headers; body: unknown }> {
  const authorization = 'authorization' in options ? options.authorization : operator();
  const response = await fetch(url, {
    method,
    headers: {
      ...headers,
      ...(authorization && { authorization }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}

const mariadb = listener('mariadb', 'mysql');

/** Databases and Redis without the proxies for faults. */
export const direct: ConfigInput['market'] = {
  databases: {
    account: { primary: mariadb, replica: mariadb },
    order: { primary: mariadb, replica: mariadb },
    product: { primary: mariadb, replica: mariadb },
  },
  redis: listener('redis', 'redis'),
};
