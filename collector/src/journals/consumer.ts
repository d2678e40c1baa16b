import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal, JournalRecord } from '@sprout/journal';
import type { Logger } from '@sprout/process';
import { WireError } from '@sprout/wire';

/** A record waiting in a journal. */
export type QueuedRecord = JournalRecord;

/** What became of a batch's items; `delivered` and all of `dropped` add up to the batch. */
export interface Passed {
  readonly delivered: number;
  /** Items given up, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** Finishes with a batch; what it throws is tried again. The signal is aborted at the end. */
export type HandleBatch = (
  records: readonly QueuedRecord[],
  signal: AbortSignal,
) => Promise<Passed> | Passed;

export interface ConsumerOptions {
  readonly name: string;
  readonly journal: Journal;
  readonly logger: Logger;
  readonly batchBytesMax: number;
  readonly batchRecordsMax: number;
  /** Pause after a small batch, so that requests gather to large ones; none while there is a backlog. */
  readonly lingerMs: number;
  /** How long it may go on taking what is left when the collector stops; the rest waits on disk. */
  readonly drainMsMax: number;
  readonly handle: HandleBatch;
}

/** A reader of one journal with a cursor of its own. */
export interface Consumer {
  /** Takes what is left, within its time, and nothing after that. Close the journal next. */
  settle(): Promise<void>;
  /** Resolves when the journal is closed and the last batch is done. */
  readonly done: Promise<void>;
}

/** Wait between attempts at a batch that failed. */
const retryMs = 1000;
const settlePollMs = 10;

export function startConsumer(options: ConsumerOptions): Consumer {
  const stopping = new AbortController();
  const done = run(options, stopping.signal);
  return {
    settle: async () => {
      const deadline = Date.now() + options.drainMsMax;
      while (queuedItems(options) > 0 && Date.now() < deadline) await sleep(settlePollMs);
      stopping.abort(new Error('the collector stops'));
    },
    done,
  };
}

async function run(options: ConsumerOptions, signal: AbortSignal): Promise<void> {
  const { journal, name, batchBytesMax, batchRecordsMax, lingerMs } = options;
  const reader = journal.reader(name);
  const limit = { bytesMax: batchBytesMax, recordsMax: batchRecordsMax };
  while (!signal.aborted) {
    const records = await untilDone(options, signal, () => reader.read(limit));
    const last = records?.at(-1);
    // Only a closed journal has nothing to read.
    if (records === undefined || last === undefined) return;
    const passed = await untilDone(options, signal, () => handle(options, records, signal));
    if (passed === undefined) return;
    await untilDone(options, signal, () => reader.commit(last.position, passed));
    if (sizeOf(records) < batchBytesMax / 2) await pause(lingerMs, signal);
  }
}

const sizeOf = (records: readonly QueuedRecord[]) =>
  records.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** Repeats a step that fails, a full disk for example; undefined when stopped before it was done. */
async function untilDone<T>(
  options: ConsumerOptions,
  signal: AbortSignal,
  step: () => Promise<T>,
): Promise<T | undefined> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (signal.aborted) return undefined;
      options.logger.error('consumer failed and tries again', { consumer: options.name, error });
      await pause(retryMs, signal);
    }
  }
}

/** A record that cannot be decoded must not hold up those behind it: it is dropped and counted. */
async function handle(
  options: ConsumerOptions,
  records: readonly QueuedRecord[],
  signal: AbortSignal,
): Promise<Passed> {
  try {
    return await options.handle(records, signal);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const [first] = records;
    if (records.length === 1 && first)
      return { delivered: 0, dropped: { undecodable: first.items } };
    let all: Passed = { delivered: 0, dropped: {} };
    for (const record of records) all = sum(all, await handle(options, [record], signal));
    return all;
  }
}

function sum(left: Passed, right: Passed): Passed {
  const dropped = { ...left.dropped };
  for (const [reason, items] of Object.entries(right.dropped)) {
    dropped[reason] = (dropped[reason] ?? 0) + items;
  }
  return { delivered: left.delivered + right.delivered, dropped };
}

function queuedItems({ journal, name }: ConsumerOptions): number {
  return journal.stats().consumers[name]?.queued ?? 0;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    // Stopped while waiting: the loop sees the signal.
  }
}
