import type { Logger } from './logger.ts';

/** Collects what must be done at the end and does it once, in the reverse order of its adding. */
export interface Lifecycle {
  /** `stop` runs at the end, after everything that was added later. */
  onStop(name: string, stop: () => unknown): void;
  /** Runs the stops in order; later calls return the first call's promise. */
  stop(): Promise<void>;
}

/** Each stop gets its own time limit, so that one that hangs does not hold up the others. */
export function createLifecycle(logger: Logger, stopTimeoutMs = 10_000): Lifecycle {
  const stops: { name: string; stop: () => unknown }[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = async () => {
    for (const { name, stop } of stops.toReversed())
      await stopOne(logger, name, stop, stopTimeoutMs);
  };
  return {
    onStop: (name, stop) => void stops.push({ name, stop }),
    stop: () => (stopping ??= stopAll()),
  };
}

/**
 * Runs a process: `start` brings it up, SIGTERM or SIGINT ends it in order, and an error at the
 * start ends it with exit code 1 and one line that says why.
 */
export async function runProcess(
  logger: Logger,
  start: (lifecycle: Lifecycle) => Promise<void>,
): Promise<void> {
  const lifecycle = createLifecycle(logger);
  const end = async (exitCode: number) => {
    await lifecycle.stop();
    process.exit(exitCode);
  };
  process.once('SIGTERM', () => void end(0));
  process.once('SIGINT', () => void end(0));
  try {
    await start(lifecycle);
  } catch (error) {
    logger.error('could not start', { 'exception.message': String(error), error });
    await end(1);
  }
}

async function stopOne(logger: Logger, name: string, stop: () => unknown, timeoutMs: number) {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), timeoutMs);
  try {
    const outcome = await Promise.race([stop(), late]);
    if (outcome === 'late') logger.warn('stop took too long', { name, timeout_ms: timeoutMs });
  } catch (error) {
    logger.error('stop failed', { name, 'exception.message': String(error) });
  } finally {
    clearTimeout(timer);
  }
}
