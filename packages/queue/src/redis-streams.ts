import { messagesPublished } from '@sprout/signals/catalogue';
import type { RedisClient } from '@sprout/data';
import type { Message, Queue } from './queue.ts';
import { defaultLimits } from './redis-streams-limits.ts';
import type { RedisStreamsLimits } from './redis-streams-limits.ts';
import { startConsumer } from './stream-consumer.ts';
import { toFields } from './stream-entry.ts';
import type { Telemetry } from './telemetry.ts';

export interface RedisStreamsOptions {
  /** For commands that answer at once; shared with others if need be. */
  readonly redis: RedisClient;
  /** Makes a connection for one consumer's blocking reads; the queue closes it. */
  readonly connectBlocking: () => RedisClient;
  readonly telemetry: Telemetry;
  readonly limits?: Partial<RedisStreamsLimits>;
}

/** The queue on Redis Streams: XADD, consumer groups, take-over of what a dead consumer left. */
export function createRedisStreams(options: RedisStreamsOptions): Queue {
  const { redis, telemetry } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const published = telemetry.bind(messagesPublished);
  return {
    publish: (stream, message) =>
      inProducerSpan(telemetry, stream, message, async (headers) => {
        const fields = toFields({ ...message, headers });
        await redis.xadd(stream, 'MAXLEN', '~', limits.entriesMax, '*', ...fields);
        published.inc({ stream });
      }),
    consume: (subscription) =>
      startConsumer(subscription, {
        redis,
        blocking: options.connectBlocking(),
        telemetry,
        limits,
      }),
  };
}

/** Publishing belongs to the trace of the event, though it happens after the event's request. */
function inProducerSpan(
  telemetry: Telemetry,
  stream: string,
  message: Message,
  send: (headers: Record<string, string>) => Promise<void>,
): Promise<void> {
  return telemetry.extract(message.headers, () =>
    telemetry.span(
      `publish ${stream}`,
      {
        kind: 'producer',
        attributes: {
          'messaging.system': 'redis_streams',
          'messaging.operation.name': 'publish',
          'messaging.destination.name': stream,
          'messaging.message.id': message.id,
        },
      },
      () => {
        const headers = { ...message.headers };
        telemetry.inject(headers);
        return send(headers);
      },
    ),
  );
}
