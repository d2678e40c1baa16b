import { setTimeout as sleep } from 'node:timers/promises';
import type { DropReason } from '../signals.ts';

/** The receiver refused the items for good; sending them again would not help. */
export class RejectedError extends Error {
  override readonly name = 'RejectedError';
}

/** How a {@link BatchQueue} sends and what it may hold. */
export interface BatchQueueOptions<T> {
  /** Resolves when the items arrived; throws {@link RejectedError} when they never will. */
  send(items: readonly T[]): Promise<void>;
  readonly itemsMax: number;
  readonly batchItemsMax: number;
  /** How long the first item of a batch waits for company. */
  readonly delayMs: number;
  /** Pause after a failed send; short, so that a returning collector is found in seconds. */
  readonly retryMs: number;
  /** One send takes at most this long. */
  readonly sendTimeoutMs: number;
  onSent(count: number): void;
  onDropped(reason: DropReason, count: number): void;
}

/**
 * A bounded queue in front of a receiver that may be absent. Items beyond the bound are dropped
 * and counted, a failed batch is kept and sent again, and no timer keeps the process alive.
 */
export class BatchQueue<T> {
  readonly #options: BatchQueueOptions<T>;
  #waiting: T[] = [];
  #inFlight = 0;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failing = false;
  #closed = false;

  constructor(options: BatchQueueOptions<T>) {
    this.#options = options;
  }

  /** Items that are neither delivered nor dropped yet. */
  get size(): number {
    return this.#waiting.length + this.#inFlight;
  }

  push(item: T): void {
    if (this.#closed) return this.#options.onDropped('shutdown', 1);
    if (this.size >= this.#options.itemsMax) return this.#options.onDropped('queue_full', 1);
    this.#waiting.push(item);
    if (this.#running !== undefined) return;
    if (this.#waiting.length >= this.#options.batchItemsMax && !this.#failing) this.#start();
    else this.#timer ??= this.#startLater();
  }

  /**
   * Sends everything that waits, for `timeoutMs` at most, and tells whether all of it left the
   * queue. A receiver that failed last time gets one more chance, not the whole time.
   */
  async flush(timeoutMs: number): Promise<boolean> {
    const deadline = AbortSignal.timeout(timeoutMs);
    while (this.size > 0 && !deadline.aborted) {
      const wasFailing = this.#failing;
      if (this.#running === undefined) this.#start();
      await Promise.race([this.#running, aborted(deadline)]);
      if (wasFailing && this.#failing) break;
    }
    return this.size === 0;
  }

  /** Flushes, then counts what is left as lost. */
  async close(timeoutMs: number): Promise<void> {
    await this.flush(timeoutMs);
    this.#closed = true;
    clearTimeout(this.#timer);
    const left = this.size;
    this.#waiting = [];
    this.#inFlight = 0;
    if (left > 0) this.#options.onDropped('shutdown', left);
  }

  #startLater(): NodeJS.Timeout {
    const delayMs = this.#failing ? this.#options.retryMs : this.#options.delayMs;
    return setTimeout(() => this.#start(), delayMs).unref();
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = undefined;
      if (this.#waiting.length > 0 && !this.#closed) this.#timer ??= this.#startLater();
    });
  }

  async #sendAll(): Promise<void> {
    do {
      const batch = this.#waiting.splice(0, this.#options.batchItemsMax);
      this.#inFlight = batch.length;
      const outcome = await this.#sendOne(batch);
      if (this.#closed) return;
      this.#inFlight = 0;
      this.#failing = outcome === 'failed';
      if (outcome === 'failed') this.#waiting = [...batch, ...this.#waiting];
      if (outcome === 'sent') this.#options.onSent(batch.length);
      if (outcome === 'rejected') this.#options.onDropped('rejected', batch.length);
    } while (!this.#failing && this.#waiting.length >= this.#options.batchItemsMax);
  }

  async #sendOne(batch: readonly T[]): Promise<'sent' | 'failed' | 'rejected'> {
    const late = new AbortController();
    try {
      const timeout = sleep(this.#options.sendTimeoutMs, 'late', {
        signal: late.signal,
        ref: false,
      });
      const first = await Promise.race([this.#options.send(batch), timeout]);
      return first === 'late' ? 'failed' : 'sent';
    } catch (error) {
      return error instanceof RejectedError ? 'rejected' : 'failed';
    } finally {
      late.abort();
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
