import { randomUUID } from 'node:crypto';
import { Consumer } from '@platformatic/kafka';
import type { Producer } from '@platformatic/kafka';
import { deadLettersShownMax } from './dead-letters.ts';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import { fieldsOf, toRecord } from './kafka-record.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { namedFields } from './message-fields.ts';

/** Where messages go that were given up. */
export const deadTopic = (stream: string): string => `${stream}.dead`;

/** Dead letters on Kafka, with the way there. */
export interface KafkaDeadLetters extends DeadLetters {
  bury(stream: string, id: string, fields: readonly string[], error: unknown): Promise<void>;
}

export interface KafkaDeadLettersParts {
  readonly producer: () => Producer<Buffer, Buffer, Buffer, Buffer>;
  readonly brokers: () => string[];
  readonly ensureDeadTopic: (topic: string) => Promise<void>;
}

/**
 * A compacted topic with the place of the message as its key: an entry without a value takes one
 * away, as a log forgets nothing in its middle.
 */
export function kafkaDeadLetters(parts: KafkaDeadLettersParts): KafkaDeadLetters {
  const { producer, ensureDeadTopic } = parts;
  const find = async (stream: string, id: string) =>
    (await read(parts, stream)).find((letter) => letter.id === id);
  const takeAway = async (stream: string, id: string) => {
    const key = Buffer.from(id);
    await producer().send({ messages: [{ topic: deadTopic(stream), key }] });
  };
  return {
    bury: async (stream, id, fields, error) => {
      const topic = deadTopic(stream);
      await ensureDeadTopic(topic);
      const record = toRecord([...fields, 'error', String(error)]);
      await producer().send({ messages: [{ topic, key: Buffer.from(id), ...record }] });
    },
    list: async (stream) => (await read(parts, stream)).slice(0, deadLettersShownMax),
    replay: async (stream, id) => {
      const letter = await find(stream, id);
      if (letter === undefined) return false;
      const key = Buffer.from(letter.fields['id'] ?? id);
      const record = toRecord(Object.entries(letter.fields).flat());
      await producer().send({ messages: [{ topic: stream, key, ...record }] });
      await takeAway(stream, id);
      return true;
    },
    drop: async (stream, id) => {
      if ((await find(stream, id)) === undefined) return false;
      await takeAway(stream, id);
      return true;
    },
  };
}

/** Reads the whole topic, from its begin to where it ended when the reading began. */
async function read(parts: KafkaDeadLettersParts, stream: string): Promise<DeadLetter[]> {
  const topic = deadTopic(stream);
  await parts.ensureDeadTopic(topic);
  const letters = new Map<string, DeadLetter>();
  const consumer = new Consumer({
    clientId: 'dead-letters',
    groupId: `dead-letters-${randomUUID()}`,
    bootstrapBrokers: parts.brokers(),
    timeout: readMsMax,
    retries: 1,
  });
  try {
    const [end = 0n] = (await consumer.listOffsets({ topics: [topic] })).get(topic) ?? [];
    if (end === 0n) return [];
    const messages = await consumer.consume({
      topics: [topic],
      mode: 'earliest',
      autocommit: false,
    });
    for await (const message of messages) {
      const id = String(message.key);
      const letter = letterOf(stream, id, message);
      if (letter === undefined) letters.delete(id);
      else letters.set(id, letter);
      if (message.offset >= end - 1n) break;
    }
  } finally {
    await consumer.close(true).catch(() => {
      // What was to be read has been read.
    });
  }
  return [...letters.values()];
}

const readMsMax = 10_000;

function letterOf(
  stream: string,
  id: string,
  message: KafkaRecord & { readonly timestamp: bigint },
): DeadLetter | undefined {
  if (message.value === null || message.value === undefined) return undefined;
  const { error = '', ...fields } = namedFields(fieldsOf(message));
  return { id, stream, at: new Date(Number(message.timestamp)), error, fields };
}
