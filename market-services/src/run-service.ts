import { setTimeout as sleep } from 'node:timers/promises';
import { createPools, createRedis, isUnavailable, migrate } from '@sprout/data';
import type { Migration, Pools } from '@sprout/data';
import { observe } from '@sprout/instrumentation';
import type { Observability, ObserveOptions } from '@sprout/instrumentation';
import {
  addressOf,
  listen,
  loadConfig,
  portOf,
  publishRunFile,
  removeRunFile,
} from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import type { RequestListener } from 'node:http';
import type { Express } from 'express';
import type { RedisClient } from '@sprout/data';
import { startRegistration } from './discovery/registration.ts';
import { followFlags } from './faults/misbehaviour.ts';
import type { Misbehaviour } from './faults/misbehaviour.ts';

/** What a service is built from. */
export interface ServiceParts {
  readonly config: SproutConfig;
  readonly telemetry: Observability;
  readonly pools: Pools;
  /** For commands that may fail fast; see createRedis. */
  readonly redis: RedisClient;
  /** What faults ask the service to do wrong. */
  readonly misbehaviour: Misbehaviour;
  /** Adds what a platform asks of a service, and what a fault asks. */
  attach(app: Express): void;
}

/** What a service is. */
export interface ServiceDefinition {
  readonly migrations: readonly Migration[];
  readonly app: RequestListener;
  /** Runs once the schema is there: seeding, consumers, relays. */
  start(): Promise<void>;
}

export type StoreName = keyof SproutConfig['market']['databases'];

const commandTimeoutMs = 100;
const retryDatabaseAfterMs = 500;

/**
 * Runs a service with a database. It listens at once and becomes ready when its database is
 * there, so services and databases start in any order.
 */
export async function runService(
  name: StoreName,
  build: (parts: ServiceParts) => ServiceDefinition,
): Promise<void> {
  const config = loadConfig();
  const telemetry = observeProcess(name, config);
  await startOrEnd(telemetry, async () => {
    const { primary, replica } = config.market.databases[name];
    const pools = createPools(config, { database: databaseOf(name), telemetry, primary, replica });
    telemetry.onStop('pools', () => pools.close());
    const patience = { commandTimeoutMs };
    const redis = createRedis(config, config.market.redis, { telemetry, patience });
    telemetry.onStop('redis', () => redis.disconnect());
    const misbehaviour = followFlags(config, name);
    telemetry.onStop('misbehaviour', () => misbehaviour.stop());
    const attach = (app: Express) => {
      telemetry.attach(app);
      app.use(misbehaviour.middleware);
    };
    const service = build({ config, telemetry, pools, redis, misbehaviour, attach });
    const database = bringUpDatabase(name, config, service, telemetry);
    telemetry.onStop('database set-up', () => database.giveUp());
    telemetry.health.check('database', async () => {
      if (!database.ready()) throw new Error('the schema is not there yet');
      await pools.primary.rows('SELECT 1');
    });
    await serve(name, config, service.app, telemetry);
  });
}

/** Ends the process with code 1, and a line that says why, when `start` fails. */
export async function startOrEnd(
  telemetry: Observability,
  start: () => Promise<void>,
): Promise<void> {
  try {
    await start();
  } catch (error) {
    telemetry.logger.error('could not start', { 'exception.message': String(error), error });
    await telemetry.shutdown();
    process.exit(1);
  }
}

/** Telemetry that finds the collector by its run file, also when that appears later. */
export function observeProcess(
  name: string,
  config: SproutConfig,
  more: Pick<ObserveOptions, 'sampleRatio' | 'requestLog'> = {},
): Observability {
  const { otlp, zipkin, logs, traceProtocol } = config.telemetry;
  const found = (key: 'otlp' | 'zipkin' | 'logs', address: string | undefined) =>
    address === undefined ? {} : { [key]: address };
  return observe({
    service: name,
    requestLog: true,
    traceProtocol,
    ...more,
    endpoints: () => ({
      ...found('otlp', addressOf(config, otlp)),
      ...found('zipkin', addressOf(config, zipkin)),
      ...found('logs', addressOf(config, logs)),
    }),
  });
}

export interface ServeOptions {
  /** Told the address before anybody else is. */
  readonly beforePublished?: (url: string) => void;
  /** Connections accepted in a turn of the event loop; default 1. */
  readonly acceptsAtOnce?: number;
}

/**
 * Listens on the configured port and tells the others where. An instance beyond the first has a
 * name of its own in `$SPROUT_INSTANCE`.
 */
export async function serve(
  name: string,
  config: SproutConfig,
  app: RequestListener,
  telemetry: Observability,
  options: ServeOptions = {},
): Promise<void> {
  const id = process.env['SPROUT_INSTANCE'] ?? name;
  const { beforePublished, acceptsAtOnce = 1 } = options;
  const at = { host: config.host, port: portOf(config, id) };
  const listening = await listen(app, { ...at, acceptsAtOnce });
  const { url } = listening;
  telemetry.onStop('server', () => listening.close());
  beforePublished?.(url);
  publishRunFile(config, { name: id, pid: process.pid, addresses: { http: url } });
  telemetry.onStop('run file', () => removeRunFile(config, id));
  if (name === 'discovery') return;
  const registration = startRegistration({
    config,
    service: name,
    id,
    url,
    version: telemetry.version,
  });
  telemetry.onStop('registration', () => registration.stop());
}

function bringUpDatabase(
  name: StoreName,
  config: SproutConfig,
  service: ServiceDefinition,
  { logger }: Observability,
) {
  const progress = { ready: false, givenUp: false };
  const attempt = async () => {
    const { primary } = config.market.databases[name];
    const applied = await migrate(config, primary, databaseOf(name), service.migrations);
    if (applied.length > 0) logger.info('migrated', { migrations: applied });
    if (progress.givenUp) return;
    await service.start();
    progress.ready = true;
    logger.info('ready');
  };
  const run = async () => {
    while (!progress.ready && !progress.givenUp) {
      try {
        await attempt();
      } catch (error) {
        const level = isUnavailable(error) ? 'debug' : 'error';
        logger.log(level, 'database not ready', { 'exception.message': String(error) });
        await sleep(retryDatabaseAfterMs);
      }
    }
  };
  const running = run();
  return {
    ready: () => progress.ready,
    giveUp: async () => {
      progress.givenUp = true;
      await running;
    },
  };
}

function databaseOf(name: StoreName): string {
  return `market_${name}`;
}
