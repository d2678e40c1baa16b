import { setTimeout as sleep } from 'node:timers/promises';
import { messageProcessDuration, messagesConsumed } from '@sprout/signals/catalogue';
import type { Handled, Subscription } from './queue.ts';
import type { ConsumerParts } from './consumer-parts.ts';
import { fromFields } from './stream-entry.ts';
import type { StreamEntry } from './stream-entry.ts';

const passingPauseMs = 100;
const passingPauseMsMax = 2_000;

/**
 * Makes the function that takes one entry to its end: handled and acknowledged, left for another
 * attempt, or, after too many, moved to the stream of the dead.
 */
export function createStreamHandler(subscription: Subscription, parts: ConsumerParts) {
  const { stream, group, isPassing } = subscription;
  const { redis, telemetry, limits } = parts;
  const consumed = telemetry.bind(messagesConsumed);
  const duration = telemetry.bind(messageProcessDuration);
  const attempts = createAttempts(subscription, parts);
  const attempt = async (fields: readonly string[]): Promise<Handled> => {
    const startMs = performance.now();
    try {
      return await handleInTrace(subscription, parts, fields);
    } finally {
      duration.observe({ stream }, (performance.now() - startMs) / 1000);
    }
  };
  const fail = async ([id, fields]: StreamEntry, error: unknown) => {
    consumed.inc({ stream, outcome: 'failed' });
    const failures = await attempts.failed(id);
    const log = { stream, entry: id, attempt: failures, 'exception.message': String(error) };
    if (failures < limits.attemptsMax) return telemetry.logger.warn('message failed', log);
    telemetry.logger.error('message given up', log);
    await attempts.bury(id, fields, error);
  };
  /** Resolves to undefined when stopped while waiting for a failure to pass. */
  const attemptUntilSettled = async (entry: StreamEntry, signal: AbortSignal) => {
    for (let pauseMs = passingPauseMs; ; pauseMs = Math.min(2 * pauseMs, passingPauseMsMax)) {
      try {
        return await attempt(entry[1]);
      } catch (error) {
        if (!isPassing(error)) {
          await fail(entry, error);
          return undefined;
        }
        telemetry.logger.warn('message waits', { stream, 'exception.message': String(error) });
      }
      if (signal.aborted) return undefined;
      await sleep(pauseMs);
    }
  };
  return async (entry: StreamEntry, signal: AbortSignal): Promise<void> => {
    const outcome = await attemptUntilSettled(entry, signal);
    if (outcome === undefined) return;
    consumed.inc({ stream, outcome });
    await attempts.succeeded(entry[0]);
    await redis.xack(stream, group, entry[0]);
  };
}

function handleInTrace(
  { stream, handle }: Subscription,
  { telemetry }: ConsumerParts,
  fields: readonly string[],
): Promise<Handled> {
  const message = fromFields(fields);
  return telemetry.extract(message.headers, () =>
    telemetry.span(`process ${stream}`, spanOptions(stream, message.id), () => handle(message)),
  );
}

function spanOptions(stream: string, messageId: string) {
  return {
    kind: 'consumer' as const,
    attributes: {
      'messaging.system': 'redis_streams',
      'messaging.operation.name': 'process',
      'messaging.destination.name': stream,
      'messaging.message.id': messageId,
    },
  };
}

/** Where messages go that were given up; in a cluster, on the node of their stream. */
export const deadStream = (stream: string): string => `{${stream}}:dead`;

/** Failed attempts per entry, kept in Redis so that they outlive the consumer. */
function createAttempts({ stream, group }: Subscription, { redis, limits }: ConsumerParts) {
  // The braces put it on the node of its stream.
  const key = `{${stream}}:${group}:attempts`;
  const failedBefore = new Set<string>();
  return {
    failed: (id: string): Promise<number> => {
      failedBefore.add(id);
      return redis.hincrby(key, id, 1);
    },
    succeeded: async (id: string) => {
      if (failedBefore.delete(id)) await redis.hdel(key, id);
    },
    /** One transaction, so that a message is either pending or dead, never both or neither. */
    bury: async (id: string, fields: readonly string[], error: unknown) => {
      failedBefore.delete(id);
      await redis
        .multi()
        .xadd(
          ...([deadStream(stream), 'MAXLEN', '~', limits.entriesMax, '*'] as const),
          ...([...fields, 'error', String(error)] as const),
        )
        .xack(stream, group, id)
        .hdel(key, id)
        .exec();
    },
  };
}
