import type { Observability } from '@sprout/instrumentation';
import type { Job, JobName } from '../domain/job.ts';
import { batchItems, batchRunDuration, batchRuns } from '../signals.ts';
import type { RunOutcome } from '../signals.ts';
import { workThrough } from './work-through.ts';
import type { OrderDesk, Result } from './work-through.ts';

/** Sees to it that one runner works at a time, on whatever machine. */
export interface Lease {
  /** Undefined when another holds the lease; `signal` aborts when it is lost. */
  hold<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
}

/** Remembers when a job last succeeded, for every runner. */
export interface Successes {
  record(job: JobName, at: Date): Promise<void>;
}

export interface RunnerParts {
  readonly desk: OrderDesk;
  readonly lease: Lease;
  readonly successes: Successes;
  readonly telemetry: Pick<Observability, 'bind' | 'logger' | 'span'>;
  readonly now: () => Date;
  /** Aborts when the process ends. */
  readonly stopping: AbortSignal;
}

/** Runs a job once: under the lease, in a span, with a line and a count; never rejects. */
export function createRunner(parts: RunnerParts): (job: Job) => Promise<RunOutcome> {
  const { telemetry, now } = parts;
  const runs = telemetry.bind(batchRuns);
  const items = telemetry.bind(batchItems);
  const duration = telemetry.bind(batchRunDuration);
  const work = (job: Job) => async (leaseLost: AbortSignal) => {
    const result = await workThrough(job, {
      desk: parts.desk,
      now: now(),
      signal: AbortSignal.any([leaseLost, parts.stopping]),
      changed: (count) => items.inc({ batch_job: job.name }, count),
      failed: (id, error) =>
        telemetry.logger.warn('order not moved on', {
          job: job.name,
          'order.id': id,
          'exception.message': String(error),
        }),
    });
    if (result.outcome === 'done') await parts.successes.record(job.name, now());
    return result;
  };
  const attempt = async (job: Job): Promise<RunOutcome> => {
    const startMs = performance.now();
    try {
      const result = await parts.lease.hold(job.name, work(job));
      tell(telemetry, job, result, performance.now() - startMs);
      return result?.outcome ?? 'held';
    } catch (error) {
      telemetry.logger.error('batch failed', { job: job.name, 'exception.message': String(error) });
      return 'failed';
    }
  };
  return async (job) => {
    const attributes = { 'batch.job': job.name };
    const startMs = performance.now();
    const outcome = await telemetry.span(`batch ${job.name}`, { attributes }, () => attempt(job));
    runs.inc({ batch_job: job.name, outcome });
    if (outcome !== 'held') {
      duration.observe({ batch_job: job.name }, (performance.now() - startMs) / 1000);
    }
    return outcome;
  };
}

function tell(
  { logger }: RunnerParts['telemetry'],
  job: Job,
  result: Result | undefined,
  durationMs: number,
): void {
  if (result === undefined) return void logger.debug('another runner works', { job: job.name });
  logger.info('batch', { job: job.name, ...result, duration_ms: Math.round(durationMs) });
}
