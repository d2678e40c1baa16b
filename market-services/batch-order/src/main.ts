import { randomUUID } from 'node:crypto';
import { createRedis } from '@sprout/data';
import { addressOf, listener, loadConfig, timing } from '@sprout/process';
import express from 'express';
import { notFound } from '../../src/api/create-api.ts';
import { observeProcess, serve, startOrEnd } from '../../src/run-service.ts';
import { batchOrderOpenApi } from './batch-order-openapi.ts';
import { createRunner } from './application/runner.ts';
import { jobs } from './domain/job.ts';
import { startSchedule } from './infrastructure/in/schedule.ts';
import { createOrderClient } from './infrastructure/out/order-client.ts';
import { createRedisLease } from './infrastructure/out/redis-lease.ts';
import { createRedisSuccesses } from './infrastructure/out/redis-successes.ts';

const commandTimeoutMs = 1_000;

const config = loadConfig();
const telemetry = observeProcess('batch-order', config);
await startOrEnd(telemetry, async () => {
  const { schedule, deliverAfterSeconds, deleteAfterSeconds } = config.market.batch;
  const { scaled } = timing(config.timeScale);
  const patience = { commandTimeoutMs };
  const redis = createRedis(config, config.market.redis, { telemetry, patience });
  telemetry.onStop('redis', () => redis.disconnect());
  const now = () => new Date();
  const stopping = new AbortController();
  const successes = createRedisSuccesses(redis, telemetry, now);
  const run = createRunner({
    desk: createOrderClient(() => addressOf(config, listener('order'))),
    lease: createRedisLease(redis, { newToken: randomUUID }),
    successes,
    telemetry,
    now,
    stopping: stopping.signal,
  });
  const shown = successes.show();
  telemetry.onStop('last successes', () => shown.stop());
  const todo = jobs(scaled(deliverAfterSeconds) * 1000, scaled(deleteAfterSeconds) * 1000);
  const started = startSchedule(schedule, todo, run, telemetry.logger);
  telemetry.onStop('schedule', () => {
    stopping.abort();
    return started.stop();
  });
  const app = express();
  app.disable('x-powered-by');
  telemetry.attach(app);
  app.get('/openapi.json', (_request, response) => void response.json(batchOrderOpenApi));
  app.use(notFound);
  await serve('batch-order', config, app, telemetry);
});
