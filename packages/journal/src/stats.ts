import type { Consumer } from './consumer/consumer.ts';
import type { SegmentedLog } from './segment/log.ts';

/** The account of one consumer: `received = delivered + queued + dropped`, in items. */
export interface ConsumerStats {
  /** The last committed position. */
  readonly position: number;
  readonly received: number;
  readonly delivered: number;
  readonly queued: number;
  readonly queuedBytes: number;
  /** Age of the oldest record that is not committed, as far as it is known; 0 when nothing is queued. */
  readonly oldestQueuedAgeMs: number;
  /** Items by reason; `corrupt`, `age` and `size` are the journal's own. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** What a journal holds. */
export interface JournalStats {
  readonly bytes: number;
  readonly bytesMax: number;
  readonly segments: number;
  /** The last durable position; 0 when nothing was ever appended. */
  readonly headPosition: number;
  /** Items appended since the journal exists. */
  readonly receivedItems: number;
  /** Age of the oldest record that is kept; 0 when none is. */
  readonly oldestAgeMs: number;
  /** Bytes of a torn tail that were cut off when the journal was opened. */
  readonly truncatedBytes: number;
  readonly consumers: Readonly<Record<string, ConsumerStats>>;
}

/** Computes the stats of a journal at `nowMs`. */
export function journalStats(from: {
  readonly log: SegmentedLog;
  readonly bytesMax: number;
  readonly truncatedBytes: number;
  readonly nowMs: number;
  readonly consumers: Iterable<Consumer>;
  readonly oldestOutstandingMs: (consumer: string) => number | undefined;
}): JournalStats {
  const { log, nowMs } = from;
  const consumers: Record<string, ConsumerStats> = {};
  for (const consumer of from.consumers) {
    consumers[consumer.name] = consumerStats(
      log,
      consumer,
      nowMs,
      from.oldestOutstandingMs(consumer.name),
    );
  }
  return {
    bytes: log.bytes,
    bytesMax: from.bytesMax,
    segments: log.segments.length,
    headPosition: log.head.position - 1,
    receivedItems: log.head.items,
    oldestAgeMs: ageOf(log.segments.find(({ bytes }) => bytes > 0)?.firstAppendedMs, nowMs),
    truncatedBytes: from.truncatedBytes,
    consumers,
  };
}

function consumerStats(
  log: SegmentedLog,
  consumer: Consumer,
  nowMs: number,
  oldestOutstandingMs: number | undefined,
): ConsumerStats {
  const { mark, startItems, delivered, dropped } = consumer.ledger;
  const isIdle = mark.position >= log.head.position;
  const segment = log.find(mark.position)?.segment;
  return {
    position: mark.position - 1,
    received: log.head.items - startItems,
    delivered,
    queued: log.head.items - mark.items,
    queuedBytes: isIdle ? 0 : bytesBehind(log, consumer),
    oldestQueuedAgeMs: isIdle ? 0 : ageOf(oldestOutstandingMs ?? segment?.lastAppendedMs, nowMs),
    dropped,
  };
}

function bytesBehind(log: SegmentedLog, consumer: Consumer): number {
  const { segmentPosition, offset } = consumer.place;
  let bytes = 0;
  for (const segment of log.segments) {
    if (segment.base.position > segmentPosition) bytes += segment.bytes;
    if (segment.base.position === segmentPosition) bytes += segment.bytes - offset;
  }
  return bytes;
}

function ageOf(timeMs: number | undefined, nowMs: number): number {
  return timeMs ? Math.max(0, nowMs - timeMs) : 0;
}
