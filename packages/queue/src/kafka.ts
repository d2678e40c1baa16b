import { Admin, Producer } from '@platformatic/kafka';
import { messagesPublished } from '@sprout/signals/catalogue';
import type { DeadLetters } from './dead-letters.ts';
import { startKafkaConsumer } from './kafka-consumer.ts';
import { deadTopic, kafkaDeadLetters } from './kafka-dead-letters.ts';
import { defaultKafkaLimits } from './kafka-limits.ts';
import type { KafkaLimits } from './kafka-limits.ts';
import { toRecord } from './kafka-record.ts';
import { kafkaStreamState } from './kafka-stream-state.ts';
import { toFields } from './message-fields.ts';
import { inProducerSpans } from './producer-span.ts';
import type { Queue } from './queue.ts';
import type { LookAtStream } from './stream-state.ts';
import type { Telemetry } from './telemetry.ts';

export interface KafkaOptions {
  /** Brokers to ask for the others, each `host:port`; asked for anew with every connection. */
  readonly brokers: () => string[];
  readonly telemetry: Telemetry;
  readonly limits?: Partial<KafkaLimits>;
}

/** A queue on Kafka, with what it gave up and how far its groups are. */
export interface Kafka extends Queue {
  readonly dead: DeadLetters;
  readonly look: LookAtStream;
  /** Closes the connections of publishing; consumptions are stopped by who has them. */
  close(): Promise<void>;
}

/**
 * The queue on Kafka: a stream is a topic, a group a consumer group. A message is published when
 * all replicas in sync have it; offsets are committed up to the oldest message not settled.
 */
export function createKafka({ brokers, telemetry, limits: wanted }: KafkaOptions): Kafka {
  const limits = { ...defaultKafkaLimits, ...wanted };
  const published = telemetry.bind(messagesPublished);
  const topics = createTopics(brokers, limits);
  const { current: producer, close } = createProducer(brokers, limits);
  const dead = kafkaDeadLetters({ producer, brokers, ensureDeadTopic: topics.ensureDead });
  const ensureTopics = async (stream: string) => {
    await topics.ensure(stream);
    await topics.ensureDead(deadTopic(stream));
  };
  const state = kafkaStreamState({ brokers, dead, ensureTopics });
  return {
    dead,
    look: state.look,
    publish: (stream, messages) =>
      inProducerSpans(telemetry, { system: 'kafka', stream }, messages, async (traced) => {
        await topics.ensure(stream);
        const records = traced.map((message) => ({
          topic: stream,
          key: Buffer.from(message.id),
          ...toRecord(toFields(message)),
        }));
        await producer().send({ messages: records });
        published.inc({ stream }, records.length);
      }),
    consume: (subscription) =>
      startKafkaConsumer(subscription, {
        brokers,
        telemetry,
        limits,
        dead,
        ensureTopic: topics.ensure,
      }),
    close: async () => {
      await Promise.all([close(), state.close()]);
    },
  };
}

/** Opened with the first message: the brokers need not be there before. */
function createProducer(brokers: () => string[], { publishMs }: KafkaLimits) {
  let producer: Producer<Buffer, Buffer, Buffer, Buffer> | undefined;
  return {
    current: () =>
      (producer ??= new Producer({
        clientId: 'sprout',
        bootstrapBrokers: brokers(),
        // All replicas in sync.
        acks: -1,
        timeout: publishMs,
        connectTimeout: publishMs,
        // The relay of the outbox tries again, without end.
        retries: 1,
        retryDelay: 100,
      })),
    close: async () => {
      await producer?.close(true);
    },
  };
}

/** Makes topics that are not there, each once. */
function createTopics(brokers: () => string[], limits: KafkaLimits) {
  const known = new Set<string>();
  const ensure = async (topic: string, partitions: number, config: Record<string, string>) => {
    if (known.has(topic)) return;
    const admin = new Admin({
      clientId: 'sprout',
      bootstrapBrokers: brokers(),
      timeout: createMsMax,
      retries: 1,
    });
    try {
      const configs = Object.entries(config).map(([name, value]) => ({ name, value }));
      // As many replicas as the cluster makes by default.
      await admin.createTopics({ topics: [topic], partitions, replicas: -1, configs });
    } catch (error) {
      if (!isThere(error)) throw error;
    } finally {
      await admin.close();
    }
    known.add(topic);
  };
  return {
    ensure: (topic: string) =>
      ensure(topic, limits.partitions, { 'retention.ms': String(limits.retentionMs) }),
    ensureDead: (topic: string) => ensure(topic, 1, { 'cleanup.policy': 'compact' }),
  };
}

const createMsMax = 5_000;

/** The reason is wrapped in the errors of the brokers and of the attempts. */
function isThere(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('apiId' in error && error.apiId === 'TOPIC_ALREADY_EXISTS') return true;
  return error instanceof AggregateError ? error.errors.some(isThere) : isThere(error.cause);
}
