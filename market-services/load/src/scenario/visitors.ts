import type { Generator, Observation } from '../traffic/generator.ts';
import type { HttpClient, PlannedRequest } from '../traffic/http-client.ts';
import type { Visitors } from './scenario.ts';

export interface VisitorsOptions {
  readonly client: HttpClient;
  readonly visitors: Visitors;
  readonly durationMs: number;
  readonly plan: () => PlannedRequest;
  readonly random: () => number;
  readonly observe: (observation: Observation) => void;
}

/**
 * Lets visitors come and go: each asks, waits for the answer, thinks, asks again. They arrive
 * spread over one longest think time. At most one request per visitor is under way.
 */
export function startVisitors(options: VisitorsOptions): Generator {
  const pauses = createPauses();
  const startedMs = performance.now();
  const timer = setTimeout(() => pauses.end(), options.durationMs);
  const all = Array.from({ length: options.visitors.count }, () =>
    visit(options, startedMs, pauses),
  );
  const done = Promise.all(all).then(() => clearTimeout(timer));
  return { done, stop: () => pauses.end() };
}

async function visit(options: VisitorsOptions, startedMs: number, pauses: Pauses) {
  const [least, most] = options.visitors.thinkMs;
  let waitMs = options.random() * most;
  while (await pauses.pause(waitMs)) {
    const dueMs = performance.now() - startedMs;
    const { outcome } = await options.client.send(options.plan());
    options.observe({ outcome, latencyMs: performance.now() - startedMs - dueMs, dueMs });
    waitMs = least + options.random() * (most - least);
  }
}

/** Waits of thousands that end together; listeners of one signal are found by walking all. */
interface Pauses {
  /** False when the end came first. */
  pause(ms: number): Promise<boolean>;
  end(): void;
}

function createPauses(): Pauses {
  const pausing = new Map<NodeJS.Timeout, (goesOn: boolean) => void>();
  let ended = false;
  return {
    pause: (ms) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      if (ended) resolve(false);
      else {
        const timer = setTimeout(() => {
          pausing.delete(timer);
          resolve(true);
        }, ms);
        pausing.set(timer, resolve);
      }
      return promise;
    },
    end: () => {
      ended = true;
      for (const [timer, resolve] of pausing) {
        clearTimeout(timer);
        resolve(false);
      }
      pausing.clear();
    },
  };
}
