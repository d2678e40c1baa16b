import type { Logger } from '@sprout/process';
import type { MeterHealth } from '../status/knowledge.ts';
import type { Trouble } from '../status/knowledge-words.ts';
import type { Meter } from './meter.ts';
import { troubleOf } from './trouble.ts';

/** Lets a meter tick until it is stopped. */
export interface MeteringLoop {
  start(): void;
  /** Resolves when the running tick has ended. */
  stop(): Promise<void>;
  health(): MeterHealth;
  /** Grows with every tick that changed the ledger. */
  revision(): number;
}

/**
 * Ticks at an interval, never two at once. A tick that fails is logged when the trouble is new
 * and tried again at the next interval: the meter's frontiers have not moved.
 */
export function createMeteringLoop(options: {
  readonly meter: Meter;
  readonly intervalMs: number;
  readonly logger: Logger;
  now(): number;
  /** Runs after each tick that succeeded. */
  after(nowMs: number): Promise<void>;
}): MeteringLoop {
  const { meter, intervalMs, logger, now, after } = options;
  const ending = new AbortController();
  let running = Promise.resolve();
  let lastReadMs: number | null = null;
  let trouble: Trouble | null = null;
  let revision = 0;

  const tickOnce = async () => {
    const nowMs = now();
    try {
      await meter.tick(nowMs);
      if (trouble !== null) logger.info('the meter reads again');
      [lastReadMs, trouble] = [nowMs, null];
      revision += 1;
      await after(nowMs);
    } catch (failure) {
      const found = troubleOf(failure);
      const reason = found.error.en;
      if (reason !== trouble?.error.en)
        logger.warn('the meter cannot read', { 'exception.message': reason });
      trouble = found;
    }
  };
  const loop = async () => {
    while (!ending.signal.aborted) {
      await tickOnce();
      // The past is worked off without pause, piece by piece beside the present.
      const isBehind = trouble === null && meter.sights().backfill !== null;
      await pause(isBehind ? 0 : intervalMs, ending.signal);
    }
  };
  return {
    start: () => void (running = loop()),
    stop: async () => {
      ending.abort();
      await running;
    },
    revision: () => revision,
    health: () => ({ ...meter.sights(), lastReadMs, trouble }),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const wake = () => {
    clearTimeout(timer);
    resolve();
  };
  if (signal.aborted) wake();
  else signal.addEventListener('abort', wake, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', wake));
}
