import { setTimeout as sleep } from 'node:timers/promises';
import { messageProcessDuration, messagesConsumed } from '@sprout/signals/catalogue';
import { fromFields } from './message-fields.ts';
import type { MessagingSystem } from './producer-span.ts';
import type { Handled, Subscription } from './queue.ts';
import type { Telemetry } from './telemetry.ts';

const passingPauseMs = 100;
const passingPauseMsMax = 2_000;

/** One delivery: its id at the queue and the fields of the message, flat. */
export type Delivery = readonly [id: string, fields: readonly string[]];

/** How an adapter keeps the state of deliveries. */
export interface DeliveryState {
  /** Counts a failed attempt; resolves to how many there were. */
  failed(id: string): Promise<number>;
  /** Moves a message to the dead letters; it is not delivered again. */
  bury(delivery: Delivery, error: unknown): Promise<void>;
  /** The message is handled; it is not delivered again. */
  finished(id: string): Promise<void>;
}

export interface DeliveryParts {
  readonly system: MessagingSystem;
  readonly telemetry: Telemetry;
  readonly attemptsMax: number;
  readonly state: DeliveryState;
}

/** `open`: to be attempted again, after a failure or because of the stop. */
export type DeliveryEnd = 'settled' | 'open';

/**
 * Makes the function that takes one delivery as far as it goes: handled and finished, left for
 * another attempt, or, after too many, moved to the dead letters.
 */
export function createDeliveryHandler(subscription: Subscription, parts: DeliveryParts) {
  const { stream, isPassing } = subscription;
  const { telemetry, attemptsMax, state } = parts;
  const consumed = telemetry.bind(messagesConsumed);
  const duration = telemetry.bind(messageProcessDuration);
  const attempt = async (fields: readonly string[]): Promise<Handled> => {
    const startMs = performance.now();
    try {
      return await handleInTrace(subscription, parts, fields);
    } finally {
      duration.observe({ stream }, (performance.now() - startMs) / 1000);
    }
  };
  const fail = async (delivery: Delivery, error: unknown): Promise<DeliveryEnd> => {
    const [id] = delivery;
    consumed.inc({ stream, outcome: 'failed' });
    const failures = await state.failed(id);
    const log = { stream, entry: id, attempt: failures, 'exception.message': String(error) };
    if (failures < attemptsMax) {
      telemetry.logger.warn('message failed', log);
      return 'open';
    }
    telemetry.logger.error('message given up', log);
    await state.bury(delivery, error);
    return 'settled';
  };
  return async (delivery: Delivery, signal: AbortSignal): Promise<DeliveryEnd> => {
    for (let pauseMs = passingPauseMs; ; pauseMs = Math.min(2 * pauseMs, passingPauseMsMax)) {
      let outcome: Handled;
      try {
        outcome = await attempt(delivery[1]);
      } catch (error) {
        if (!isPassing(error)) return fail(delivery, error);
        telemetry.logger.warn('message waits', { stream, 'exception.message': String(error) });
        if (signal.aborted) return 'open';
        await sleep(pauseMs);
        continue;
      }
      consumed.inc({ stream, outcome });
      await state.finished(delivery[0]);
      return 'settled';
    }
  };
}

function handleInTrace(
  { stream, handle }: Subscription,
  { telemetry, system }: DeliveryParts,
  fields: readonly string[],
): Promise<Handled> {
  const message = fromFields(fields);
  const attributes = {
    'messaging.system': system,
    'messaging.operation.name': 'process',
    'messaging.destination.name': stream,
    'messaging.message.id': message.id,
  };
  return telemetry.extract(message.headers, () =>
    telemetry.span(`process ${stream}`, { kind: 'consumer', attributes }, () => handle(message)),
  );
}
