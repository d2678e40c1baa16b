import { z } from 'zod';

/** Which queue carries the market's events. */
export const marketQueueSchema = z.enum(['redis', 'kafka']);

/** A Kafka that runs already; Sprout starts none. */
export const marketKafkaSchema = z.object({
  /** Brokers that name the others, each `host:port`. */
  brokers: z.array(z.string().regex(/^[^\s:]+:\d{1,5}$/, 'must be host:port')).min(1),
  /** Of a stream that is new; with more than one, instances of a service share it. */
  partitions: z.number().int().min(1).max(100),
});

/** A broker of this machine. */
export const defaultKafka: z.infer<typeof marketKafkaSchema> = {
  brokers: ['127.0.0.1:9092'],
  partitions: 1,
};
