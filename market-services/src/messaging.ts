import { timing } from '@sprout/process';
import { startForgetting, startOutboxRelay, startQueueWatch } from '@sprout/queue';
import type { Consumption, OutboxRelay, Queue } from '@sprout/queue';
import { openMarketQueue } from './market-queue.ts';
import type { ServiceParts } from './run-service.ts';

/** A service's side of the queue: what it consumes, the relay of its outbox, a look at its stream. */
export interface Messaging {
  /** Says that an event waits in the outbox. */
  wake(): void;
  /** Starts the relay and the consumer; they stop with the service. */
  start(consume: (queue: Queue) => Consumption): Promise<void>;
}

/** `publishes` is the stream that the service's events go to. */
export function createMessaging(
  { config, telemetry, pools, misbehaviour }: ServiceParts,
  publishes: string,
): Messaging {
  let relay: OutboxRelay | undefined;
  return {
    wake: () => relay?.wake(),
    start: async (consume) => {
      const { queue, look, close } = await openMarketQueue(config, telemetry);
      telemetry.onStop('queue', () => close());
      const started = startOutboxRelay({ database: pools.primary, queue, telemetry });
      telemetry.onStop('outbox relay', () => started.stop());
      relay = started;
      const everyMs = timing(config.timeScale).scrapeIntervalMs / 2;
      const watch = startQueueWatch({
        look,
        stream: publishes,
        telemetry,
        everyMs: Math.max(everyMs, lookEveryMsMin),
      });
      telemetry.onStop('queue watch', () => watch.stop());
      const forgetting = startForgetting(pools.primary, telemetry);
      telemetry.onStop('forgetting', () => forgetting.stop());
      const consumption = consume(misbehaviour.onQueue(queue));
      telemetry.onStop('consumer', () => consumption.stop());
    },
  };
}

/** However much time is compressed, the queue has more to do than to be looked at. */
const lookEveryMsMin = 500;

/** The name of this instance among the consumers of its group; a restart resumes what it had. */
export function consumerName(service: string): string {
  return process.env['SPROUT_INSTANCE'] ?? `${service}-1`;
}
