import { Admin } from '@platformatic/kafka';
import type { DeadLetters } from './dead-letters.ts';
import { deadTopic } from './kafka-dead-letters.ts';
import type { GroupState, LookAtStream } from './stream-state.ts';

const latest = -1n;
const lookMsMax = 5_000;

export interface KafkaStreamStateParts {
  readonly brokers: () => string[];
  readonly dead: Pick<DeadLetters, 'list'>;
  /** Make the topics of a stream where they are missing. */
  readonly ensureTopics: (stream: string) => Promise<void>;
}

/**
 * State of topics: lag from the ends of the partitions and the offsets that groups committed. The
 * time of a message is known to who fetches it, so there is no age, and nothing tells apart what
 * waits and what is in work.
 */
export function kafkaStreamState(parts: KafkaStreamStateParts) {
  let admin: Admin | undefined;
  const current = () =>
    (admin ??= new Admin({
      clientId: 'sprout-watch',
      bootstrapBrokers: parts.brokers(),
      timeout: lookMsMax,
      connectTimeout: lookMsMax,
      retries: 1,
    }));
  const countDead = createDeadCount(parts.dead);
  const look: LookAtStream = async (stream) => {
    await parts.ensureTopics(stream);
    const groups = await groupsOf(current(), stream, await endsOf(current(), stream));
    const deadEnds = await endsOf(current(), deadTopic(stream));
    return { groups, dead: await countDead(stream, sumOf(deadEnds.values())) };
  };
  return {
    look,
    close: async (): Promise<void> => {
      await admin?.close();
    },
  };
}

/** Where each partition of a topic ends. */
async function endsOf(admin: Admin, topic: string): Promise<Map<number, bigint>> {
  const { topics } = await admin.metadata({ topics: [topic] });
  const partitions = Array.from(
    { length: topics.get(topic)?.partitionsCount ?? 0 },
    (_, index) => ({
      partitionIndex: index,
      timestamp: latest,
    }),
  );
  const [found] = await admin.listOffsets({ topics: [{ name: topic, partitions }] });
  return new Map(found?.partitions.map((one) => [one.partitionIndex, one.offset]));
}

async function groupsOf(
  admin: Admin,
  topic: string,
  ends: ReadonlyMap<number, bigint>,
): Promise<GroupState[]> {
  const suffix = `.${topic}`;
  const ids = [...(await admin.listGroups()).keys()].filter((id) => id.endsWith(suffix));
  if (ids.length === 0) return [];
  const members = await admin.describeGroups({ groups: ids });
  const committed = await admin.listConsumerGroupOffsets({ groups: ids });
  return committed.map(({ groupId, topics }) => {
    const done = topics.find(({ name }) => name === topic)?.partitions ?? [];
    const offsets = new Map(done.map((one) => [one.partitionIndex, one.committedOffset]));
    return {
      group: groupId.slice(0, -suffix.length),
      lag: lagOf(ends, offsets),
      pending: undefined,
      oldestAgeSeconds: undefined,
      consumers: members.get(groupId)?.members.size ?? 0,
    };
  });
}

/** A partition without a committed offset, which is -1, is read from its begin. */
function lagOf(ends: ReadonlyMap<number, bigint>, done: ReadonlyMap<number, bigint>): number {
  const behind = [...ends].map(([partition, end]) => {
    const offset = done.get(partition) ?? 0n;
    return end - (offset < 0n ? 0n : offset);
  });
  return Number(sumOf(behind));
}

/** Reads the dead letters only when their topic has grown, as the whole of it must be read. */
function createDeadCount(dead: KafkaStreamStateParts['dead']) {
  const counts = new Map<string, { readonly end: bigint; readonly count: number }>();
  return async (stream: string, end: bigint): Promise<number> => {
    const before = counts.get(stream);
    if (before?.end === end) return before.count;
    const { length: count } = await dead.list(stream);
    counts.set(stream, { end, count });
    return count;
  };
}

const sumOf = (numbers: Iterable<bigint>): bigint =>
  [...numbers].reduce((sum, one) => sum + one, 0n);
