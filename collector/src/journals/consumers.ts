import type { Logger } from '@sprout/process';
import { decodeLogs, scanSpans, serviceNameOf } from '@sprout/wire';
import type { OtlpSignal } from '@sprout/wire';
import type { ObserveLine } from '../derive/log-metrics.ts';
import type { ObserveSpan } from '../derive/span-metrics.ts';
import type { Store } from '../store/store.ts';
import { startConsumer } from './consumer.ts';
import type { Consumer, ConsumerOptions, HandleBatch, QueuedRecord } from './consumer.ts';
import type { Journals } from './journals.ts';
import { logLinesOf } from './log-lines.ts';

const mebibyte = 1024 * 1024;
const batchRecordsMax = 10_000;

/** What every consumer of local work has in common; what is acknowledged is found within a second. */
const local = { lingerMs: 500, batchBytesMax: mebibyte, drainMsMax: 8000 };
/** Half a mebibyte of samples before compression; about 5,000 samples. */
const remote = { lingerMs: 100, batchBytesMax: mebibyte / 2, drainMsMax: 1000 };

export interface ConsumerParts {
  readonly journals: Journals;
  readonly store: Store;
  readonly observeSpan: ObserveSpan;
  readonly observeLine: ObserveLine;
  readonly remoteWrite: HandleBatch;
  readonly logger: Logger;
}

/** Every consumer; what the local ones derive is still scraped before the remote one stops. */
export interface Consumers {
  readonly local: readonly Consumer[];
  readonly remote: readonly Consumer[];
}

/** Starts every consumer of every journal. */
export function startConsumers(parts: ConsumerParts): Consumers {
  const start = (
    signal: OtlpSignal,
    name: string,
    how: Pick<ConsumerOptions, 'lingerMs' | 'batchBytesMax' | 'drainMsMax'>,
    handle: HandleBatch,
  ) => {
    const { logger, journals } = parts;
    return startConsumer({
      name,
      journal: journals[signal],
      logger,
      batchRecordsMax,
      ...how,
      handle,
    });
  };
  return {
    local: [
      start('traces', 'store', local, storeTraces(parts)),
      start('traces', 'derive', local, (records) => {
        for (const { bytes } of records) scanSpans(bytes, parts.observeSpan);
        return allOf(records);
      }),
      start('logs', 'store', local, storeLogs(parts)),
      start('logs', 'derive', local, (records) => {
        for (const { bytes } of records) observeLines(parts, bytes);
        return allOf(records);
      }),
    ],
    remote: [start('metrics', 'remote-write', remote, parts.remoteWrite)],
  };
}

function storeTraces({ store, journals }: ConsumerParts): HandleBatch {
  const journal = `traces/${journals.id}`;
  return (records) => {
    const fresh = notYetStored(store, journal, records);
    const position = fresh.at(-1)?.position;
    if (position !== undefined) {
      store.writeTraces(
        fresh.map(({ bytes }) => bytes),
        { journal, position },
      );
    }
    return allOf(records);
  };
}

function storeLogs({ store, journals }: ConsumerParts): HandleBatch {
  const journal = `logs/${journals.id}`;
  return (records) => {
    const fresh = notYetStored(store, journal, records);
    const position = fresh.at(-1)?.position;
    const lines = fresh.flatMap(({ bytes, appendedMs }) => logLinesOf(bytes, appendedMs));
    if (position !== undefined) store.writeLogs(lines, { journal, position });
    return allOf(records);
  };
}

/** After a crash the journal gives records again that the store has; they must not stand there twice. */
function notYetStored(
  store: Store,
  journal: string,
  records: readonly QueuedRecord[],
): readonly QueuedRecord[] {
  const stored = store.position(journal);
  return stored === undefined ? records : records.filter(({ position }) => position > stored);
}

function observeLines({ observeLine }: ConsumerParts, bytes: Uint8Array): void {
  for (const { resource, body } of decodeLogs(bytes)) observeLine(serviceNameOf(resource), body);
}

function allOf(records: readonly QueuedRecord[]) {
  return { delivered: records.reduce((sum, { items }) => sum + items, 0), dropped: {} };
}
