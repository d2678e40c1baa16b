import type { Database } from '@sprout/data';
import { outboxOldestAge } from '@sprout/signals/catalogue';
import { piecesOf } from './outbox-pieces.ts';
import type { Piece } from './outbox-pieces.ts';
import { markPublished, takeWaiting } from './outbox.ts';
import type { WaitingEvent } from './outbox.ts';
import type { Queue } from './queue.ts';
import type { Telemetry } from './telemetry.ts';

export interface OutboxRelay {
  /** Says that an event was committed just now, so that it need not wait for the next look. */
  wake(): void;
  stop(): Promise<void>;
}

export interface OutboxRelayParts {
  readonly database: Database;
  readonly queue: Queue;
  readonly telemetry: Telemetry;
  /** How often the outbox is looked at when nobody wakes the relay. Default 1 000. */
  readonly intervalMs?: number;
  /** How long published events stay, to be published again if need be. Default one day. */
  readonly keepMs?: number;
}

const batchMax = 100;
const cleanEveryMs = 60_000;
const cleanRowsMax = 5_000;

/**
 * Publishes what waits in the outbox, oldest first, in pieces. Events are marked only after the
 * queue has them, so a crash in between publishes them again: at least once, and the inbox drops
 * the repetition.
 */
export function startOutboxRelay(parts: OutboxRelayParts): OutboxRelay {
  const { database, telemetry, intervalMs = 1_000, keepMs = 86_400_000 } = parts;
  const waiting = createAgeGauge(telemetry);
  const clean = createCleaner(database, keepMs);
  const bell = createBell();
  const stopping = new AbortController();
  const { signal } = stopping;
  const round = async () => {
    try {
      let more = await anyWaiting(database);
      if (!more) waiting.oldest(undefined);
      while (more && !signal.aborted) more = await publishBatch(parts, waiting);
      await clean();
    } catch (error) {
      waiting.grow();
      telemetry.logger.warn('outbox waits', { 'exception.message': String(error) });
    }
  };
  const run = async () => {
    while (!signal.aborted) {
      await round();
      await bell.heard(intervalMs);
    }
  };
  const running = run();
  return {
    wake: () => bell.ring(),
    stop: async () => {
      stopping.abort();
      bell.ring();
      await running;
    },
  };
}

/** A look without locks, as nearly always nothing waits. */
async function anyWaiting(database: Database): Promise<boolean> {
  const rows = await database.rows('SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1');
  return rows.length > 0;
}

/** Resolves to whether more may wait. */
async function publishBatch(parts: OutboxRelayParts, age: AgeGauge): Promise<boolean> {
  return parts.database.transaction(async (statements) => {
    const events = await takeWaiting(statements, batchMax);
    age.oldest(events[0]?.createdAt);
    const published: bigint[] = [];
    try {
      for (const piece of piecesOf(events)) {
        await publishPiece(parts.queue, piece, published);
      }
    } catch (error) {
      // What did reach the queue is marked; the rest stays, in order.
      await markPublished(statements, published, new Date());
      const held = events.filter(({ sequence }) => !published.includes(sequence));
      reportHeldUp(parts.telemetry, held, error);
      return false;
    }
    await markPublished(statements, published, new Date());
    age.oldest(undefined);
    return events.length === batchMax;
  });
}

/** Refused together, they are sent one by one: an event alone holds up only those behind it. */
async function publishPiece(queue: Queue, piece: Piece, published: bigint[]): Promise<void> {
  const { stream, events } = piece;
  try {
    await queue.publish(
      stream,
      events.map(({ message }) => message),
    );
    published.push(...events.map(({ sequence }) => sequence));
  } catch (error) {
    if (events.length === 1) throw error;
    for (const event of events) await publishPiece(queue, { stream, events: [event] }, published);
  }
}

function reportHeldUp({ logger }: Telemetry, events: readonly WaitingEvent[], error: unknown) {
  const [oldest] = events;
  logger.warn('queue takes no events', {
    waiting: events.length,
    stream: oldest?.stream,
    event: oldest?.message.id,
    'exception.message': String(error),
  });
}

interface AgeGauge {
  /** The time of the oldest waiting event; undefined when none waits. */
  oldest(createdAt: Date | undefined): void;
  /** Shows the last known oldest event, older by now. */
  grow(): void;
}

function createAgeGauge(telemetry: Telemetry): AgeGauge {
  const gauge = telemetry.bind(outboxOldestAge);
  let since: Date | undefined;
  const show = () =>
    gauge.set({}, since === undefined ? 0 : Math.max(0, (Date.now() - since.getTime()) / 1000));
  return {
    oldest: (createdAt) => {
      since = createdAt;
      show();
    },
    grow: show,
  };
}

function createCleaner(database: Database, keepMs: number) {
  let nextMs = Date.now() + cleanEveryMs;
  return async () => {
    if (Date.now() < nextMs) return;
    nextMs = Date.now() + cleanEveryMs;
    await database.change(`DELETE FROM outbox WHERE published_at < ? LIMIT ${cleanRowsMax}`, [
      new Date(Date.now() - keepMs),
    ]);
  };
}

/** A bell that is heard at once, also when it rang before anybody listened. */
function createBell() {
  let rung = false;
  let hear: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      hear?.();
    },
    heard: async (timeoutMs: number) => {
      if (!rung) {
        const { promise, resolve } = Promise.withResolvers<void>();
        hear = resolve;
        const timer = setTimeout(resolve, timeoutMs);
        await promise;
        clearTimeout(timer);
        hear = undefined;
      }
      rung = false;
    },
  };
}
