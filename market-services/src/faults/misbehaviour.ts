import { unwatchFile, watchFile } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from '@sprout/queue';
import type { RequestHandler } from 'express';
import { HttpProblem } from '@sprout/process';
import { leak } from './leak.ts';
import { stepClock } from './step-clock.ts';
import { flagsPath, readServiceFlags } from './service-flags.ts';
import type { ServiceFlags } from './service-flags.ts';

/** What a service does wrong when a fault asks it to; nothing otherwise. */
export interface Misbehaviour {
  /** Goes before the routes, behind what measures them. */
  readonly middleware: RequestHandler;
  /** The same queue, whose messages are not handled while it is stuck. */
  onQueue(queue: Queue): Queue;
  /** Behaves again and stops looking. */
  stop(): void;
}

const lookEveryMs = 500;
const busySliceMs = 100;

/** Follows the flags of a service in the data directory. */
export function followFlags(
  place: { readonly dataDir: string },
  service: string,
  random: () => number = Math.random,
): Misbehaviour {
  let flags: ServiceFlags = {};
  const leaking = leak();
  let busy: NodeJS.Timeout | undefined;
  const apply = (next: ServiceFlags) => {
    flags = next;
    stepClock(flags.clockStepMs ?? 0);
    leaking.set(flags.leakBytesPerSecond ?? 0);
    clearInterval(busy);
    const { busyFraction = 0 } = flags;
    if (busyFraction > 0) busy = setInterval(() => spin(busySliceMs * busyFraction), busySliceMs);
  };
  const look = () => apply(readServiceFlags(place, service));
  look();
  const path = flagsPath(place);
  watchFile(path, { interval: lookEveryMs, persistent: false }, look);
  return {
    middleware: async (_request, _response, next) => {
      const { delayMs = 0, failFraction = 0 } = flags;
      if (delayMs > 0) await sleep(delayMs);
      next(failFraction > random() ? new HttpProblem(500, 'Internal error') : undefined);
    },
    onQueue: (queue) => ({
      ...queue,
      consume: (subscription) =>
        queue.consume({
          ...subscription,
          handle: async (message) => {
            if (flags.queueStuck) throw new QueueStuck();
            return subscription.handle(message);
          },
          isPassing: (error) => error instanceof QueueStuck || subscription.isPassing(error),
        }),
    }),
    stop: () => {
      unwatchFile(path, look);
      apply({});
    },
  };
}

class QueueStuck extends Error {
  override readonly name = 'QueueStuck';
  constructor() {
    super('no message is handled while the queue is stuck on purpose');
  }
}

function spin(forMs: number): void {
  const end = performance.now() + forMs;
  while (performance.now() < end);
}
