import { z } from 'zod';

/** What travels: an event with the trace it belongs to. */
export const messageSchema = z.object({
  /** A 64-bit id, unique within the stream; a message delivered twice carries the same. */
  id: z.string().regex(/^\d{1,19}$/),
  /** For example `order.created`. */
  type: z.string().min(1).max(64),
  /** JSON; its schema belongs to the type. */
  body: z.unknown(),
  /** Trace context and other metadata of the transport. */
  headers: z.record(z.string(), z.string()),
});

export type Message = z.infer<typeof messageSchema>;

/** What became of a message: its effect was made now, or had been made before. */
export type Handled = 'processed' | 'duplicate';

export interface Subscription {
  readonly stream: string;
  /** Each group gets every message once or more; its consumers share them. */
  readonly group: string;
  /** Stable across restarts of the same instance, so that it resumes what it had begun. */
  readonly consumer: string;
  /** Messages handled at once; 1, the default, keeps their order as long as nothing fails. */
  readonly parallel?: number;
  /** Makes the effect of a message; may be called again for one it has handled. */
  handle(message: Message): Promise<Handled>;
  /** Failures that pass by themselves: retried without end and without counting. */
  isPassing(error: unknown): boolean;
}

export interface Consumption {
  /** Finishes the message at hand and stops. */
  stop(): Promise<void>;
}

/** The port: at-least-once delivery. */
export interface Queue {
  /**
   * Resolves when the queue holds all of the messages, in their order, after one round trip. When
   * it rejects, some or all may be there: who publishes again publishes all of them.
   */
  publish(stream: string, messages: readonly Message[]): Promise<void>;
  consume(subscription: Subscription): Consumption;
}
