import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe } from 'node:test';
import { Admin, Consumer, Producer } from '@platformatic/kafka';
import { quietTelemetry } from '@sprout/data/testing';
import { eventually } from '@sprout/process/testing';
import { createKafka } from './kafka.ts';
import { kafkaClassPath, startKafkaBroker } from './testing/kafka-broker.ts';
import { queueContract } from './testing/queue-contract.ts';
import type { QueueUnderTest } from './testing/queue-contract.ts';

// A broker takes a minute of both cores with everything around it, so it is asked for.
const found =
  process.env['SPROUT_KAFKA'] === '1'
    ? await kafkaClassPath()
    : { reason: 'npm run kafka -w packages/queue runs it' };
const skip = 'reason' in found ? `no broker was started: ${found.reason}` : false;
const sessionMs = 2_000;

describe('on a broker of its own', { skip }, () =>
  queueContract(() => startOnKafka('classPath' in found ? found.classPath : '')),
);

async function startOnKafka(classPath: string): Promise<QueueUnderTest> {
  const telemetry = quietTelemetry();
  const broker = await startKafkaBroker(classPath);
  const common = { clientId: 'test', bootstrapBrokers: [broker.address], retries: 1 };
  await eventually(
    'the broker answers',
    async () => {
      const admin = new Admin({ ...common, timeout: 2_000 });
      return admin.metadata({}).finally(() => admin.close());
    },
    180_000,
  );
  const queue = createKafka({
    brokers: () => [broker.address],
    telemetry,
    limits: { retryAfterMs: 200, attemptsMax: 3, sessionMs, publishMs: 5_000 },
  });
  const observer = new Consumer({ ...common, groupId: 'observers' });
  const raw = new Producer(common);
  return {
    queue,
    telemetry,
    dead: queue.dead,
    look: queue.look,
    unsettled: async (topic) => {
      const [end = 0n] = (await observer.listOffsets({ topics: [topic] })).get(topic) ?? [];
      const done = await committedOffset({ ...common, groupId: `readers.${topic}` }, topic);
      return Number(end - (done < 0n ? 0n : done));
    },
    publishGarbage: async (topic) => {
      // The stream is made by its first message; this one never is one.
      await queue.publish(topic, [{ id: '1', type: 'first', body: null, headers: {} }]);
      await raw.send({ messages: [{ topic, value: Buffer.from('{') }] });
    },
    orphan: async (stream) => {
      const program = join(import.meta.dirname, 'testing/dying-consumer.ts');
      const args = [program, broker.address, stream, String(sessionMs)];
      const consumer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(consumer.stdout, 'data');
      consumer.kill('SIGKILL');
      await once(consumer, 'exit');
    },
    killServer: () => broker.kill(),
    stop: async () => {
      await Promise.all([observer.close(true), raw.close(true), queue.close()]);
      await broker.stop();
      await telemetry.shutdown();
    },
  };
}

async function committedOffset(
  options: ConstructorParameters<typeof Consumer>[0],
  topic: string,
): Promise<bigint> {
  const reader = new Consumer(options);
  const topics = [{ topic, partitions: [0] }];
  try {
    return (await reader.listCommittedOffsets({ topics })).get(topic)?.[0] ?? -1n;
  } finally {
    await reader.close(true);
  }
}
