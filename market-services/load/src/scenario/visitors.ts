import { setTimeout as sleep } from 'node:timers/promises';
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
  const stopping = new AbortController();
  const startedMs = performance.now();
  const timer = setTimeout(() => stopping.abort(), options.durationMs);
  const all = Array.from({ length: options.visitors.count }, () =>
    visit(options, startedMs, stopping.signal),
  );
  const done = Promise.all(all).then(() => clearTimeout(timer));
  return { done, stop: () => stopping.abort() };
}

async function visit(options: VisitorsOptions, startedMs: number, signal: AbortSignal) {
  const [least, most] = options.visitors.thinkMs;
  let waitMs = options.random() * most;
  while (await waited(waitMs, signal)) {
    const dueMs = performance.now() - startedMs;
    const { outcome } = await options.client.send(options.plan());
    options.observe({ outcome, latencyMs: performance.now() - startedMs - dueMs, dueMs });
    waitMs = least + options.random() * (most - least);
  }
}

/** False when the end came first. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
