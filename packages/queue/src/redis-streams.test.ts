import { createRedis } from '@sprout/data';
import { redisProcess } from '@sprout/data/servers';
import { quietTelemetry, startPrivately } from '@sprout/data/testing';
import { listener } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { redisDeadLetters } from './redis-dead-letters.ts';
import { redisStreamState } from './redis-stream-state.ts';
import { createRedisStreams } from './redis-streams.ts';
import { queueContract } from './testing/queue-contract.ts';

const signOfLifeMs = 200;

queueContract(async () => {
  const telemetry = quietTelemetry();
  const endpoint = listener('redis', 'redis');
  const servers = await startPrivately([redisProcess()]);
  const patience = { commandTimeoutMs: 1_000 };
  const redis = createRedis(servers.config, endpoint, { telemetry, patience });
  await eventually('redis answers', () => redis.ping());
  const queue = createRedisStreams({
    redis,
    telemetry,
    connectBlocking: () =>
      createRedis(servers.config, endpoint, { telemetry, patience: 'blocking' }),
    limits: { claimAfterMs: 200, attemptsMax: 3, blockMs: 100, signOfLifeMs },
  });
  return {
    queue,
    telemetry,
    dead: redisDeadLetters(redis),
    look: redisStreamState(redis, { signOfLifeMs }),
    unsettled: async (stream) => Number((await redis.xpending(stream, 'readers'))[0]),
    publishGarbage: async (stream) => void (await redis.xadd(stream, '*', 'body', '{')),
    orphan: async (stream) => {
      await redis.xgroup('CREATE', stream, 'readers', '0', 'MKSTREAM');
      await redis.xreadgroup('GROUP', 'readers', 'gone', 'COUNT', 1, 'STREAMS', stream, '>');
    },
    killServer: () => servers.stack.kill('redis'),
    stop: async () => {
      redis.disconnect();
      await servers.stop();
      await telemetry.shutdown();
    },
  };
});
