import type { Observability } from '@sprout/instrumentation';
import type { RedisClient } from '@sprout/data';
import type { Successes } from '../../application/runner.ts';
import { jobNames } from '../../domain/job.ts';
import type { JobName } from '../../domain/job.ts';
import { batchLastSuccess, batchSuccessAge } from '../../signals.ts';

const showEveryMs = 5_000;

/**
 * Times of the last successes in Redis, so that they outlive a restart and every runner shows the
 * same, whoever had the lease.
 */
export function createRedisSuccesses(
  redis: RedisClient,
  telemetry: Pick<Observability, 'bind' | 'logger'>,
  now: () => Date,
): Successes & { /** Refreshes the gauges until stopped. */ show(): { stop(): void } } {
  const stamp = telemetry.bind(batchLastSuccess);
  const age = telemetry.bind(batchSuccessAge);
  const startedMs = now().getTime();
  const known = new Map<JobName, number>();
  const showOne = (job: JobName) => {
    const lastMs = known.get(job);
    stamp.set({ batch_job: job }, (lastMs ?? 0) / 1000);
    age.set({ batch_job: job }, (now().getTime() - (lastMs ?? startedMs)) / 1000);
  };
  const refresh = async () => {
    try {
      const found = await redis.mget(jobNames.map(keyOf));
      jobNames.forEach((job, index) => {
        const ms = Number(found[index] ?? 0);
        if (ms > (known.get(job) ?? 0)) known.set(job, ms);
      });
    } catch (error) {
      telemetry.logger.debug('last successes not read', { 'exception.message': String(error) });
    }
    jobNames.forEach(showOne);
  };
  return {
    record: async (job, at) => {
      known.set(job, at.getTime());
      showOne(job);
      await redis.set(keyOf(job), at.getTime());
    },
    show: () => {
      void refresh();
      const timer = setInterval(() => void refresh(), showEveryMs);
      return { stop: () => clearInterval(timer) };
    },
  };
}

function keyOf(job: JobName): string {
  return `batch:${job}:last-success`;
}
