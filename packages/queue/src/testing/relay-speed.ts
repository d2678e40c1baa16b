import { createPools, createRedis, migrate } from '@sprout/data';
import { mariadbProcess, redisProcess } from '@sprout/data/servers';
import { quietTelemetry, startPrivately } from '@sprout/data/testing';
import { listener } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { createRedisStreams, outboxMigration, startOutboxRelay, writeToOutbox } from '../index.ts';

/** How fast the relay empties an outbox into Redis Streams, and what an event costs this process. */
const events = 5_000;
const rounds = 5;
const telemetry = quietTelemetry();
const servers = await startPrivately([mariadbProcess(), redisProcess()]);
const [mysql, endpoint] = [listener('mariadb', 'mysql'), listener('redis', 'redis')];
const database = 'market_speed';
await migrate(servers.config, mysql, database, [outboxMigration]);
const at = { database, primary: mysql, replica: mysql, telemetry };
const pools = createPools(servers.config, at);
const patience = { commandTimeoutMs: 1_000 };
const redis = createRedis(servers.config, endpoint, { telemetry, patience });
await eventually('redis answers', () => redis.ping());
const queue = createRedisStreams({
  redis,
  telemetry,
  connectBlocking: () => createRedis(servers.config, endpoint, { telemetry, patience: 'blocking' }),
});

let ids = 0;
for (let round = 0; round < rounds; round++) {
  await fillOutbox();
  const before = process.cpuUsage();
  const startMs = performance.now();
  const relay = startOutboxRelay({ database: pools.primary, queue, telemetry });
  await eventually('the outbox is empty', isEmpty, 60_000);
  const seconds = (performance.now() - startMs) / 1_000;
  const { user, system } = process.cpuUsage(before);
  await relay.stop();
  console.log(
    `${Math.round(events / seconds)} events/s, ${Math.round((user + system) / events)} µs CPU per event`,
  );
}
redis.disconnect();
await pools.close();
await servers.stop();
await telemetry.shutdown();

async function fillOutbox(): Promise<void> {
  await pools.primary.transaction(async (statements) => {
    for (let one = 0; one < events; one++) {
      await writeToOutbox(statements, telemetry, {
        id: String(++ids),
        stream: 'speed',
        type: 'order.created',
        body: { orderId: String(ids), accountId: '1', productId: '2', quantity: 3 },
        at: new Date(),
      });
    }
  });
}

/** Asked seldom, so that asking costs next to nothing. */
async function isEmpty(): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  const sql = 'SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1';
  return (await pools.primary.rows(sql)).length === 0;
}
