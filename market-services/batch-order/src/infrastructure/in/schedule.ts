import { SproutError } from '@sprout/process';
import type { Logger } from '@sprout/process';
import { schedule, validateDetailed } from 'node-cron';
import type { Job } from '../../domain/job.ts';

/**
 * Runs each job whenever the cron expression says so, not while its last run goes on.
 * Throws SproutError `SCHEDULE_INVALID`.
 */
export function startSchedule(
  expression: string,
  jobs: readonly Job[],
  run: (job: Job) => Promise<unknown>,
  logger: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>,
): { stop(): Promise<void> } {
  const { valid, errors } = validateDetailed(expression);
  if (!valid) {
    const reasons = errors.map(({ message }) => message).join('; ');
    throw new SproutError('SCHEDULE_INVALID', `market.batch.schedule "${expression}": ${reasons}`, {
      hint: 'for example "* * * * *" for every minute',
    });
  }
  const running = new Set<Promise<unknown>>();
  const tasks = jobs.map((job) =>
    schedule(
      expression,
      async () => {
        const one = run(job);
        running.add(one);
        await one.finally(() => running.delete(one));
      },
      { name: job.name, noOverlap: true, logger: quiet(logger) },
    ),
  );
  return {
    stop: async () => {
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.all(running);
    },
  };
}

/** A run left out because the last one goes on, or came late on a busy machine, is no news. */
function quiet(logger: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>) {
  return {
    info: (message: string) => void logger.debug(message),
    warn: (message: string) => void logger.debug(message),
    error: (message: string | Error) => void logger.error(String(message)),
    debug: (message: string | Error) => void logger.debug(String(message)),
  };
}
