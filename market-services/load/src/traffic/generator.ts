import type { LoadOutcome } from '../signals.ts';
import type { Arrivals } from './arrivals.ts';
import type { HttpClient, PlannedRequest } from './http-client.ts';

/** What is told of every request that was due. */
export interface Observation {
  readonly outcome: LoadOutcome;
  /** From when it was due to the end of its answer; 0 when it was not sent. */
  readonly latencyMs: number;
  /** When it was due, from the start of the load. */
  readonly dueMs: number;
}

export interface GeneratorOptions {
  readonly client: HttpClient;
  readonly arrivals: Arrivals;
  /** Infinity runs until `stop`. */
  readonly durationMs: number;
  readonly plan: () => PlannedRequest;
  readonly observe: (observation: Observation) => void;
  /** Requests that may be under way at once; those due beyond it are told as `not_sent`. */
  readonly underWayMax?: number;
}

export interface Generator {
  /** Resolves when the duration is over, or stopped, and every answer is in. */
  readonly done: Promise<void>;
  stop(): void;
}

const tickMs = 5;

/**
 * Sends requests when they are due, whatever became of the earlier ones (open loop), and counts
 * latency from the due time, so that a stalled server is felt in full.
 */
export function startGenerator(options: GeneratorOptions): Generator {
  const { arrivals } = options;
  const underWayMax = options.underWayMax ?? 4000;
  const startedMs = performance.now();
  const underWay = new Set<Promise<void>>();
  const { promise: done, resolve } = Promise.withResolvers<void>();

  const sendDue = () => {
    const nowMs = performance.now() - startedMs;
    while (arrivals.dueMs <= Math.min(nowMs, options.durationMs)) {
      const { dueMs } = arrivals;
      arrivals.advance();
      if (underWay.size >= underWayMax) {
        options.observe({ outcome: 'not_sent', latencyMs: 0, dueMs });
        continue;
      }
      const one = sendOne(options, startedMs, dueMs);
      underWay.add(one);
      void one.finally(() => underWay.delete(one));
    }
    if (nowMs >= options.durationMs) stop();
  };
  const timer = setInterval(sendDue, tickMs);
  const stop = () => {
    clearInterval(timer);
    void Promise.all(underWay).then(() => resolve());
  };
  return { done, stop };
}

async function sendOne(options: GeneratorOptions, startedMs: number, dueMs: number): Promise<void> {
  const { outcome } = await options.client.send(options.plan());
  options.observe({ outcome, latencyMs: performance.now() - startedMs - dueMs, dueMs });
}
