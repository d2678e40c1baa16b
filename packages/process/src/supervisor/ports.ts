import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { SproutConfig } from '../config-schema.ts';
import { SproutError } from '../error.ts';
import { portHolder } from './port-holder.ts';

/** Enough of a command line to know whose it is. */
const commandCharactersMax = 120;

type PortConfig = Pick<SproutConfig, 'host' | 'ports'>;

/** Answers `ProcessContext.port`; a free port is chosen once and then stays. */
export interface PortBook {
  /** The configured port of `<process>` or `<process>.<listener>`, else the free one chosen. */
  port(process: string, listener?: string): number;
  /** Chooses others, while there are any, for a process that could not start with those it has. */
  chooseAgain(process: string): void;
}

/** Spare ports per process: more than the listeners of any program that cannot choose itself. */
const sparePortsPerProcess = 3;

/**
 * Finds free ports for whatever has none configured. They are found beforehand and together, so
 * that no two are the same.
 */
export async function openPortBook(
  config: PortConfig,
  processes: readonly string[],
): Promise<PortBook> {
  const spare = await freePorts(config.host, processes.length * sparePortsPerProcess);
  const chosen = new Map<string, number>();
  return {
    port: (process, listener) => {
      const key = listener === undefined ? process : `${process}.${listener}`;
      const port = (config.ports[key] || chosen.get(key)) ?? spare.pop();
      if (port === undefined) throw new Error(`more listeners than spare ports: ${key}`);
      if (!config.ports[key]) chosen.set(key, port);
      return port;
    },
    chooseAgain: (process) => {
      const keys = [...chosen.keys()].filter((key) => key.split('.')[0] === process);
      if (keys.length > spare.length) return;
      for (const key of keys) chosen.delete(key);
    },
  };
}

/**
 * Makes sure that every configured port of these processes is free.
 * Throws SproutError `PORT_TAKEN` that names every taken port and who holds it.
 */
export async function checkPorts(config: PortConfig, processes: readonly string[]): Promise<void> {
  const wanted = Object.entries(config.ports).filter(
    ([key, port]) => port !== 0 && processes.includes(key.split('.')[0] ?? key),
  );
  const problems = await Promise.all(
    wanted.map(
      async ([key, port]) => sharedPort(key, port, wanted) ?? (await taken(config, key, port)),
    ),
  );
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length === 0) return;
  throw new SproutError('PORT_TAKEN', found.join('\n'), {
    hint: 'stop who holds it, or set other ports in sprout.config.ts, for example ports: { gateway: 0 } for a free one',
  });
}

function sharedPort(
  key: string,
  port: number,
  wanted: readonly (readonly [string, number])[],
): string | undefined {
  const other = wanted.find(([otherKey, otherPort]) => otherKey !== key && otherPort === port);
  return other && `port ${port} is configured for ${key} and for ${other[0]}`;
}

async function taken(config: PortConfig, key: string, port: number): Promise<string | undefined> {
  if (await canListen(config.host, port)) return undefined;
  const holder = portHolder(port);
  if (holder === undefined) {
    return `port ${port} (${key}) is held by a process of another user; sudo ss -ltnp shows it`;
  }
  const command = holder.command.slice(0, commandCharactersMax);
  return `port ${port} (${key}) is held by pid ${holder.pid}: ${command}`;
}

function canListen(host: string, port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

async function freePorts(host: string, count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listenAnywhere(host)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listenAnywhere(host: string) {
  const server = createServer();
  return new Promise<typeof server>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => resolve(server));
  });
}
