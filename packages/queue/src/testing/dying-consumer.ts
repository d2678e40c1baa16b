import { quietTelemetry } from '@sprout/data/testing';
import { createKafka } from '../kafka.ts';

// Takes a message of a stream for the group `readers`, says so, and holds it until it is killed:
// node dying-consumer.ts BROKER STREAM SESSION_MS
const [broker = '', stream = '', sessionMs = ''] = process.argv.slice(2);
createKafka({
  brokers: () => [broker],
  telemetry: quietTelemetry(),
  limits: { sessionMs: Number(sessionMs) },
}).consume({
  stream,
  group: 'readers',
  consumer: 'gone',
  isPassing: () => false,
  handle: async () => {
    process.stdout.write('begun\n');
    return new Promise<never>(() => undefined);
  },
});

// Should its parent die first.
setTimeout(() => process.exit(1), 120_000).unref();
