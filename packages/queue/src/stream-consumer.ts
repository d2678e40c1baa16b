import { setTimeout as sleep } from 'node:timers/promises';
import { messagesRedelivered } from '@sprout/signals/catalogue';
import type { ConsumerParts } from './consumer-parts.ts';
import type { Consumption, Subscription } from './queue.ts';
import { createDeliveryHandler } from './delivery-handler.ts';
import type { Delivery } from './delivery-handler.ts';
import { redisDeliveries } from './redis-deliveries.ts';

const pauseAfterErrorMs = 200;
/** More than a consumer ever leaves behind; what it does not resume is taken over later. */
const resumedMax = 1_000;

/**
 * Reads a stream for one consumer until stopped: first what this consumer had begun before a
 * crash, then, in turn, what others left unfinished and what is new.
 */
export function startConsumer(subscription: Subscription, parts: ConsumerParts): Consumption {
  const stopping = new AbortController();
  const running = run(subscription, parts, stopping.signal);
  const { signOfLifeMs } = parts.limits;
  const living = setInterval(() => giveSignOfLife(subscription, parts), signOfLifeMs);
  return {
    stop: async () => {
      clearInterval(living);
      stopping.abort();
      // Ends a blocked read; entries it was about to return stay pending and are resumed.
      parts.blocking.disconnect();
      await running;
    },
  };
}

/**
 * For Redis 7.0 a consumer is idle that waits in a blocked read. Asking for what it has behind the
 * end of the stream gives nothing, and the group has seen it.
 */
function giveSignOfLife({ stream, group, consumer }: Subscription, { redis }: ConsumerParts) {
  redis
    .xreadgroup('GROUP', group, consumer, 'COUNT', 1, 'STREAMS', stream, endOfStream)
    .catch(() => {
      // Redis is away, or has lost the group: the reader notices, and says so.
    });
}

/** The very last id would be answered without a look at the consumer. */
const endOfStream = '18446744073709551614-0';

async function run(subscription: Subscription, parts: ConsumerParts, signal: AbortSignal) {
  const { telemetry, limits } = parts;
  const handle = createDeliveryHandler(subscription, {
    system: 'redis_streams',
    telemetry,
    attemptsMax: limits.attemptsMax,
    state: redisDeliveries(subscription, parts),
  });
  const handleAll = inParallel(subscription.parallel ?? 1, handle, signal);
  const reader = createReader(subscription, parts);
  const redelivered = telemetry.bind(messagesRedelivered);
  const handleAgain = async (entries: readonly Delivery[]) => {
    redelivered.inc({ stream: subscription.stream }, entries.length);
    await handleAll(entries);
  };
  let resumed = false;
  while (!signal.aborted) {
    try {
      if (!resumed) {
        await reader.ensureGroup();
        await handleAgain(await reader.own());
        resumed = true;
      }
      await handleAgain(await reader.abandoned());
      await handleAll(await reader.fresh());
    } catch (error) {
      if (signal.aborted) return;
      // A restarted Redis without its data has no group either.
      resumed = false;
      parts.telemetry.logger.debug('queue not readable', { 'exception.message': String(error) });
      await sleep(pauseAfterErrorMs);
    }
  }
}

/** Hands entries to `handle`, some at once; rejects with the first failure when all have ended. */
function inParallel(
  lanes: number,
  handle: (entry: Delivery, signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
) {
  return async (entries: readonly Delivery[]): Promise<void> => {
    const waiting = entries.values();
    const lane = async () => {
      for (const entry of waiting) {
        if (signal.aborted) return;
        await handle(entry, signal);
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
    const failed = ended.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
}

function createReader({ stream, group, consumer }: Subscription, parts: ConsumerParts) {
  const { redis, blocking, limits } = parts;
  let claimAtMs = 0;
  return {
    ensureGroup: async () => {
      try {
        await redis.xgroup('CREATE', stream, group, '0', 'MKSTREAM');
      } catch (error) {
        if (!String(error).includes('BUSYGROUP')) throw error;
      }
    },
    /** Delivered to this consumer and not acknowledged. */
    own: async () => {
      const reply = await redis.xreadgroup(
        ...(['GROUP', group, consumer, 'COUNT', resumedMax] as const),
        ...(['STREAMS', stream, '0'] as const),
      );
      return entriesOf(reply);
    },
    /** Delivered to anybody and unfinished for too long. */
    abandoned: async (): Promise<Delivery[]> => {
      if (Date.now() < claimAtMs) return [];
      claimAtMs = Date.now() + limits.claimAfterMs / 2;
      const reply = await redis.xautoclaim(
        ...([stream, group, consumer, limits.claimAfterMs, '0'] as const),
        ...(['COUNT', limits.batchMax] as const),
      );
      return (reply[1] as Delivery[]).filter(hasFields);
    },
    fresh: async () => {
      const reply = await blocking.xreadgroup(
        ...(['GROUP', group, consumer, 'COUNT', limits.batchMax] as const),
        ...(['BLOCK', limits.blockMs, 'STREAMS', stream, '>'] as const),
      );
      return entriesOf(reply);
    },
  };
}

/** The entries of the one stream asked for; trimmed ones have no fields any more. */
function entriesOf(reply: unknown): Delivery[] {
  const streams = (reply ?? []) as [string, Delivery[]][];
  return (streams[0]?.[1] ?? []).filter(hasFields);
}

function hasFields(entry: Delivery | null): boolean {
  return Array.isArray(entry?.[1]);
}
