import { setTimeout as sleep } from 'node:timers/promises';
import { Consumer } from '@platformatic/kafka';
import type { Message as KafkaMessage } from '@platformatic/kafka';
import { messagesRedelivered } from '@sprout/signals/catalogue';
import { createDeliveryHandler } from './delivery-handler.ts';
import type { Delivery, DeliveryState } from './delivery-handler.ts';
import type { KafkaDeadLetters } from './kafka-dead-letters.ts';
import type { KafkaLimits } from './kafka-limits.ts';
import { fieldsOf } from './kafka-record.ts';
import { createOffsetTracker } from './offset-tracker.ts';
import type { OffsetTracker } from './offset-tracker.ts';
import type { Consumption, Subscription } from './queue.ts';
import type { Telemetry } from './telemetry.ts';

const pauseAfterErrorMs = 200;

export interface KafkaConsumerParts {
  readonly brokers: () => string[];
  readonly ensureTopic: (stream: string) => Promise<void>;
  readonly dead: Pick<KafkaDeadLetters, 'bury'>;
  readonly telemetry: Telemetry;
  readonly limits: KafkaLimits;
}

/** Reads a topic for one consumer until stopped; begins anew after every failure of Kafka. */
export function startKafkaConsumer(
  subscription: Subscription,
  parts: KafkaConsumerParts,
): Consumption {
  const stopping = new AbortController();
  const running = run(subscription, parts, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function run(subscription: Subscription, parts: KafkaConsumerParts, signal: AbortSignal) {
  const attempts = new Map<string, number>();
  while (!signal.aborted) {
    try {
      await parts.ensureTopic(subscription.stream);
      await readUntilStopped(subscription, parts, attempts, signal);
    } catch (error) {
      if (signal.aborted) return;
      parts.telemetry.logger.debug('queue not readable', { 'exception.message': String(error) });
      await sleep(pauseAfterErrorMs);
    }
  }
}

type Connection = Consumer<Buffer, Buffer, Buffer, Buffer>;

async function readUntilStopped(
  subscription: Subscription,
  parts: KafkaConsumerParts,
  attempts: Map<string, number>,
  stopped: AbortSignal,
): Promise<void> {
  const { stream: topic } = subscription;
  const connection = connect(subscription, parts);
  const offsets = createOffsetTracker();
  const failing = new AbortController();
  const signal = AbortSignal.any([stopped, failing.signal]);
  const lanes = startLanes(subscription, parts, attempts, offsets, signal);
  try {
    const messages = await connection.consume({
      topics: [topic],
      mode: 'committed',
      fallbackMode: 'earliest',
      autocommit: false,
      maxWaitTime: 250,
    });
    const end = () => void messages.close().catch(() => messages.destroy());
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    const committing = commitRegularly(connection, topic, offsets, signal).catch((error) =>
      failing.abort(error),
    );
    for await (const message of messages) await lanes.take(message);
    await lanes.idle();
    await committing;
    await commit(connection, topic, offsets);
    if (failing.signal.aborted) throw failing.signal.reason;
  } finally {
    failing.abort();
    await lanes.idle();
    await connection.close(true).catch(() => {
      // It had failed before; the broker lets its session end.
    });
  }
}

/** The group knows an instance by its name, so a restart goes on where it was, without waiting. */
function connect(
  { stream: topic, group, consumer }: Subscription,
  { brokers, limits }: KafkaConsumerParts,
) {
  return new Consumer({
    clientId: consumer,
    groupId: `${group}.${topic}`,
    groupInstanceId: consumer,
    bootstrapBrokers: brokers(),
    sessionTimeout: limits.sessionMs,
    heartbeatInterval: Math.ceil(limits.sessionMs / 10),
    rebalanceTimeout: limits.sessionMs,
    retries: 1,
    timeout: limits.sessionMs,
  });
}

const commitEveryMs = 50;

async function commitRegularly(
  connection: Connection,
  topic: string,
  offsets: OffsetTracker,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await commit(connection, topic, offsets);
    await sleep(commitEveryMs);
  }
}

async function commit(connection: Connection, topic: string, offsets: OffsetTracker) {
  const advanced = offsets.takeAdvanced();
  if (advanced.length === 0) return;
  await connection.commit({
    offsets: advanced.map((place) => ({ topic, ...place, leaderEpoch: -1 })),
  });
}

/** Handles messages, so many at once as the subscription wants; the failed ones again, later. */
function startLanes(
  subscription: Subscription,
  parts: KafkaConsumerParts,
  attempts: Map<string, number>,
  offsets: OffsetTracker,
  signal: AbortSignal,
) {
  const { telemetry, limits } = parts;
  const { attemptsMax } = limits;
  const state = kafkaDeliveries(subscription.stream, parts, attempts);
  const handle = createDeliveryHandler(subscription, {
    system: 'kafka',
    telemetry,
    attemptsMax,
    state,
  });
  const redelivered = telemetry.bind(messagesRedelivered);
  redelivered.inc({ stream: subscription.stream }, 0);
  const busy = new Set<Promise<void>>();
  const waiting = new Set<Promise<void>>();
  const handleOne = async (delivery: Delivery, { partition, offset }: Place): Promise<void> => {
    const settled = (await handle(delivery, signal)) === 'settled';
    if (settled) return offsets.settle(partition, offset);
    if (signal.aborted) return;
    keep(waiting, retry(delivery, { partition, offset }));
  };
  const retry = async (delivery: Delivery, place: Place): Promise<void> => {
    await sleep(limits.retryAfterMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    redelivered.inc({ stream: subscription.stream });
    await start(delivery, place);
  };
  const start = async (delivery: Delivery, place: Place): Promise<void> => {
    while (busy.size >= (subscription.parallel ?? 1)) await Promise.race(busy);
    if (!signal.aborted) keep(busy, handleOne(delivery, place));
  };
  return {
    /** Resolves when a lane has taken it. */
    take: async (message: KafkaMessage): Promise<void> => {
      while (waiting.size >= limits.retriesMax) await Promise.race(waiting);
      if (signal.aborted || !offsets.begin(message.partition, message.offset)) return;
      await start([`${message.partition}-${message.offset}`, fieldsOf(message)], message);
    },
    idle: async (): Promise<void> => {
      while (busy.size + waiting.size > 0) await Promise.race([...busy, ...waiting]);
    },
  };
}

type Place = Pick<KafkaMessage, 'partition' | 'offset'>;

/** Keeps a promise in a set until it has ended. */
function keep(set: Set<Promise<void>>, work: Promise<void>): void {
  const kept = work.finally(() => set.delete(kept));
  set.add(kept);
}

/**
 * Attempts are counted in this process: Kafka has no place for them, and a restart counts anew.
 */
function kafkaDeliveries(
  stream: string,
  { dead }: KafkaConsumerParts,
  attempts: Map<string, number>,
): DeliveryState {
  return {
    failed: async (id) => {
      const count = (attempts.get(id) ?? 0) + 1;
      attempts.set(id, count);
      return count;
    },
    finished: async (id) => void attempts.delete(id),
    bury: async ([id, fields], error) => {
      await dead.bury(stream, id, fields, error);
      attempts.delete(id);
    },
  };
}
