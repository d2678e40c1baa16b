import type { Generator, Observation } from '../traffic/generator.ts';
import type { HttpClient, PlannedRequest } from '../traffic/http-client.ts';
import { seededRandom } from '../traffic/random.ts';
import type { Visitors } from './scenario.ts';

export interface VisitorsOptions {
  readonly client: HttpClient;
  readonly visitors: Visitors;
  readonly durationMs: number;
  /** Makes what plans the requests of one visitor. */
  readonly planner: (random: () => number) => () => PlannedRequest;
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

/** Chance of each visitor's own: he does the same again, however answers come between others. */
async function visit(options: VisitorsOptions, startedMs: number, pauses: Pauses) {
  const [least, most] = options.visitors.thinkMs;
  const random = seededRandom(options.random() * 2 ** 32);
  const plan = options.planner(random);
  let waitMs = random() * most;
  while (await pauses.pause(waitMs)) {
    const dueMs = performance.now() - startedMs;
    const { outcome } = await options.client.send(plan());
    options.observe({ outcome, latencyMs: performance.now() - startedMs - dueMs, dueMs });
    waitMs = least + random() * (most - least);
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
