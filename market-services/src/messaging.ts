import { createRedis } from '@sprout/data';
import { createRedisStreams, startForgetting, startOutboxRelay } from '@sprout/queue';
import type { Consumption, OutboxRelay, Queue } from '@sprout/queue';
import type { ServiceParts } from './run-service.ts';

/** A service's side of the queue: what it consumes, and the relay of its outbox. */
export interface Messaging {
  /** Says that an event waits in the outbox. */
  wake(): void;
  /** Starts the relay and the consumer; they stop with the service. */
  start(consume: (queue: Queue) => Consumption): void;
}

/** Publishing may wait longer than a cache look-up: nobody's request waits for it. */
const publishTimeoutMs = 1_000;

export function createMessaging({
  config,
  telemetry,
  pools,
  misbehaviour,
}: ServiceParts): Messaging {
  const connect = (patience: Parameters<typeof createRedis>[2]['patience']) =>
    createRedis(config, config.market.redis, { telemetry, patience });
  let relay: OutboxRelay | undefined;
  return {
    wake: () => relay?.wake(),
    start: (consume) => {
      const redis = connect({ commandTimeoutMs: publishTimeoutMs });
      telemetry.onStop('queue', () => redis.disconnect());
      const connectBlocking = () => connect('blocking');
      const queue = createRedisStreams({ redis, connectBlocking, telemetry });
      const started = startOutboxRelay({ database: pools.primary, queue, telemetry });
      telemetry.onStop('outbox relay', () => started.stop());
      relay = started;
      const forgetting = startForgetting(pools.primary, telemetry);
      telemetry.onStop('forgetting', () => forgetting.stop());
      const consumption = consume(misbehaviour.onQueue(queue));
      telemetry.onStop('consumer', () => consumption.stop());
    },
  };
}

/** The name of this instance among the consumers of its group; a restart resumes what it had. */
export function consumerName(service: string): string {
  return process.env['SPROUT_INSTANCE'] ?? `${service}-1`;
}
