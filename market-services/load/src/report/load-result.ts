import { loadOutcomes } from '../signals.ts';
import type { LoadOutcome } from '../signals.ts';
import type { Observation } from '../traffic/generator.ts';
import { createLatencyRecorder } from './latency-recorder.ts';

/** The result of a load; latencies in milliseconds from when a request was due. */
export interface LoadResult {
  readonly offeredRps: number;
  readonly achievedRps: number;
  readonly seconds: number;
  readonly requests: number;
  readonly latencyMs: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
  };
  /** Answered 2xx–4xx ÷ due. */
  readonly availability: number | null;
  /** Answered 2xx–4xx within 2000 ms ÷ due. */
  readonly inTime: number | null;
  /** Ends other than `ok`, by kind; only those that occurred. */
  readonly errors: Partial<Record<LoadOutcome, number>>;
}

export interface LoadTally {
  add(observation: Observation): void;
  result(offeredRps: number, elapsedMs: number): LoadResult;
}

/** The application's promise: answers within 2000 ms. */
const inTimeMs = 2000;

export function createLoadTally(): LoadTally {
  const latencies = createLatencyRecorder();
  const ends: Record<LoadOutcome, number> = {
    ok: 0,
    client_error: 0,
    server_error: 0,
    timeout: 0,
    connection: 0,
    not_sent: 0,
  };
  let due = 0;
  let inTime = 0;
  return {
    add({ outcome, latencyMs }) {
      due += 1;
      ends[outcome] += 1;
      if (outcome === 'not_sent') return;
      latencies.record(latencyMs);
      if (answered(outcome) && latencyMs <= inTimeMs) inTime += 1;
    },
    result: (offeredRps, elapsedMs) => ({
      offeredRps,
      achievedRps: round(((due - ends.not_sent) * 1000) / elapsedMs),
      seconds: round(elapsedMs / 1000),
      requests: due,
      latencyMs: {
        p50: rounded(latencies.quantile(0.5)),
        p95: rounded(latencies.quantile(0.95)),
        p99: rounded(latencies.quantile(0.99)),
      },
      availability: due > 0 ? (ends.ok + ends.client_error) / due : null,
      inTime: due > 0 ? inTime / due : null,
      errors: Object.fromEntries(
        loadOutcomes.filter((end) => end !== 'ok' && ends[end] > 0).map((end) => [end, ends[end]]),
      ),
    }),
  };
}

function answered(outcome: LoadOutcome): boolean {
  return outcome === 'ok' || outcome === 'client_error';
}

function rounded(value: number | null): number | null {
  return value === null ? null : round(value);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
